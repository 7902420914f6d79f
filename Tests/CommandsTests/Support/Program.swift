import FoundationEssentials
import Glibc

/// The built program as its user runs it: a child process with its own arguments, environment and folder.
struct Program {
  /// How a run ended and what it said.
  struct Outcome: Equatable {
    var code: Int32
    /// Standard output.
    var data: String
    /// Standard error.
    var talk: String
  }

  /// Where relative paths begin.
  let folder: String
  var environment: [String: String] = [:]

  /// The program lies beside the bundle of the tests.
  static let path: String = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    precondition(count > 0)
    let own = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let beside = "\(own[..<own.lastIndex(of: "/")!])/plazo"
    if access(beside, X_OK) == 0 { return beside }
    return "\(root)/.build/debug/plazo"
  }()

  /// Changes to a folder and becomes the program: glibc's own way to do so is hidden from Swift.
  private static let launcher = "/usr/bin/env"

  /// The folder of the package.
  static let root: String = {
    var parts = #filePath.split(separator: "/")
    parts.removeLast(4)
    return "/" + parts.joined(separator: "/")
  }()

  /// Starts the program. Its output goes to files, so that no pipe can fill up.
  /// - Parameters:
  ///   - output: where standard output goes; `nil`: a file that the outcome has.
  func start(
    _ arguments: [String], input: String = "", output: String? = nil, as executable: String = Program.path
  ) -> Child {
    let output = output.map { $0.hasPrefix("/") ? $0 : "\(folder)/\($0)" }
    let scratch = "\(folder)/.test-\(UInt64.random(in: 0 ..< .max))"
    _ = FileManager.default.createFile(atPath: "\(scratch).in", contents: Data(input.utf8))
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "\(scratch).in", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output ?? "\(scratch).out", O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "\(scratch).err", O_WRONLY | O_CREAT, 0o600)
    var variables = ["PATH": "/usr/bin:/bin", "HOME": folder]
    // A toolchain elsewhere than where the program was linked, and where coverage is counted.
    for name in ["LD_LIBRARY_PATH", "LLVM_PROFILE_FILE"] {
      if let value = ProcessInfo.processInfo.environment[name] { variables[name] = value }
    }
    variables.merge(environment) { $1 }
    var words: [UnsafeMutablePointer<CChar>?] =
      ([Self.launcher, "-C", folder, executable] + arguments).map { strdup($0) } + [nil]
    var entries: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in words + entries { free(pointer) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, Self.launcher, &actions, nil, &words, &entries)
    precondition(code == 0, "\(Self.path) cannot be started: \(String(cString: strerror(code)))")
    return Child(process: process, scratch: scratch)
  }

  /// - Parameter executable: what runs the program, where it does not run by itself.
  func run(
    _ arguments: [String], input: String = "", output: String? = nil, as executable: String = Program.path
  ) -> Outcome {
    start(arguments, input: input, output: output, as: executable).wait()
  }
}

/// A running program.
struct Child {
  let process: pid_t
  fileprivate let scratch: String

  /// What it said on standard error so far.
  var talk: String { Self.text("\(scratch).err") }

  func signal(_ number: Int32) { kill(process, number) }

  /// Waits for its end; one that has not ended in a minute is killed, lest the tests wait for ever.
  func wait() -> Program.Outcome {
    var status: Int32 = 0
    for round in 0... {
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process { break }
      if round == 30_000 { kill(process, SIGKILL) }
      usleep(2000)
    }
    defer { for suffix in ["in", "out", "err"] { unlink("\(scratch).\(suffix)") } }
    let isExit = status & 0x7f == 0
    return Program.Outcome(
      code: isExit ? (status >> 8) & 0xff : -(status & 0x7f), data: Self.text("\(scratch).out"), talk: talk)
  }

  /// Polls until its talk has a text. - Returns: whether that came within a minute.
  func says(_ text: String) -> Bool {
    for _ in 0..<6000 {
      if talk.contains(text) { return true }
      usleep(10_000)
    }
    return false
  }

  private static func text(_ path: String) -> String {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
