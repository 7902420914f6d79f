internal import Desk
internal import Glibc

/// A text that somebody writes in the editor of their choice.
struct Editor {
  /// The shell's words that start it.
  let command: String

  /// `$VISUAL`, `$EDITOR`, or what Debian offers; `nil` when the program does not talk with a person.
  init?(_ world: World) {
    guard world.input.isTerminal, world.talk.isTerminal else { return nil }
    command = world.variable("VISUAL") ?? world.variable("EDITOR") ?? "sensible-editor"
  }

  /// What is below this line in the file is not part of the text.
  static let scissors = "# ------------------------ >8 ------------------------"

  /// Has a text written and hands it to `take`. When that throws, what was written is kept, and it is said where.
  ///
  /// - Parameter note: what the writer should know, shown below the scissors.
  /// - Throws: `DeskError` when the editor fails or nothing was written, and what `take` throws.
  func compose(note: String, in world: World, _ take: (String) throws -> Void) throws {
    let path = try makeFile(note, folder: world.variable("TMPDIR") ?? "/tmp")
    var isDone = true
    defer { if isDone { unlink(path) } }
    guard run(path) else {
      throw DeskError("the editor '\(command)' failed", mend: "set $VISUAL or $EDITOR; nothing was recorded")
    }
    let whole = try text(inFile: path)
    let text = whole.firstRange(of: Self.scissors).map { String(whole[..<$0.lowerBound]) } ?? whole
    guard let last = text.lastIndex(where: { !$0.isWhitespace }) else {
      throw DeskError("nothing was written", mend: "nothing was recorded")
    }
    do { try take(String(text[...last])) } catch {
      isDone = false
      world.talk.line("plazo: what you wrote is kept in \(path)")
      throw error
    }
  }

  private func makeFile(_ note: String, folder: String) throws -> String {
    var template = Array("\(folder)/plazo-XXXXXX.txt".utf8CString)
    let descriptor = mkstemps(&template, 4)
    let refusal = DeskError("no file can be made for the editor", mend: "give the text with --text, or set $TMPDIR")
    guard descriptor >= 0 else { throw refusal }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let output = Output(descriptor: descriptor)
    output.write("\n\(Self.scissors)\n")
    for line in note.split(separator: "\n", omittingEmptySubsequences: false) { output.line("# \(line)") }
    output.flush()
    guard close(descriptor) == 0, output.failure == nil else {
      unlink(path)
      throw refusal
    }
    return path
  }

  /// Runs the editor on this terminal until its end. Keys that interrupt are the editor's meanwhile.
  /// - Returns: whether it ended well.
  private func run(_ path: String) -> Bool {
    let interrupt = signal(SIGINT, SIG_IGN)
    let quit = signal(SIGQUIT, SIG_IGN)
    defer {
      signal(SIGINT, interrupt)
      signal(SIGQUIT, quit)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for number in [SIGINT, SIGQUIT, SIGPIPE, SIGXFSZ] { sigaddset(&defaults, number) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    // The shell splits the command into words, as every program does with $EDITOR; the path is an argument of its own.
    let arguments = ["sh", "-c", "\(command) \"$1\"", "sh", path]
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    guard posix_spawn(&process, "/bin/sh", nil, &attributes, &words, environ) == 0 else { return false }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { if errno != EINTR { return false } }
    return status == 0
  }
}
