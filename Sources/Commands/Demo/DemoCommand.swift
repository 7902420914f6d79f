internal import Desk
internal import FoundationEssentials
internal import Glibc
internal import SLA

let demoCommand = Command(
  name: "demo", summary: "makes a sample desk with seven weeks of history, to look around in", operands: ["[DIR]"],
  details: """
    Makes DIR (else 'demo') as 'plazo init' does, imports what an old system exported, and lives through a week of October
    2026 in seconds: tickets, tasks, hours, sign-offs, and the passes that judge, alert and report. Then says where to look.
    The files that it imports stay in DIR/exports, with a mail and a calendar to try. The examples that 'plazo help' has
    for each command are lines for this desk. To be rid of it all, remove DIR.
    """,
  examples: ["plazo demo muestra"]
) { line, session in
  let folder = line.operand(0) ?? "demo"
  guard !folder.isEmpty else { throw UsageError(problem: "DIR is empty", mend: "give the folder of the sample desk") }
  let demo = Demo(folder: folder, world: session.world)
  try demo.make()
  for step in DemoStory(demo.file("story.txt")).steps { try demo.live(step) }
  session.world.output.line()
  try demo.show()
  return .done
}

/// The sample desk while it is made.
private struct Demo {
  let folder: String
  let world: World

  /// The instant at which its reader comes in: that of the last pass.
  private static let readAt = "2026-10-30T12:30"
  private static let zone = "America/Mexico_City"

  /// A file of `samples/demo`, which the binary carries.
  func file(_ name: String) -> String {
    guard let file = ShippedFiles.all.first(where: { $0.name == name }) else {
      preconditionFailure("the binary lacks samples/demo/\(name)")
    }
    return file.text
  }

  func make() throws {
    _ = try run(
      at: "2026-10-16T19:00",
      [
        "init", folder, "--name", "Soporte Altavista", "--zone", Self.zone, "--admin", "rocio", "--admin-name",
        "Rocío Ávila", "--mail", "rocio@altavista.example.com",
      ], onDesk: false)
    try Folders.make("\(folder)/exports")
    try write("plazo.json5", to: folder)
    for file in ShippedFiles.all where !["plazo.json5", "story.txt"].contains(file.name) {
      try write(file.name, to: "\(folder)/exports")
    }
  }

  private func write(_ name: String, to folder: String) throws {
    let path = "\(folder)/\(name)"
    guard
      FileManager.default.createFile(
        atPath: path, contents: Data(file(name).utf8), attributes: [.posixPermissions: 0o600])
    else { throw DeskError("'\(path)' cannot be written", mend: "see that the disk has room") }
  }

  /// Does one thing as its person did, and tells of the monitor's passes.
  func live(_ step: DemoStory.Step) throws {
    let words = step.words.map { $0.hasPrefix("exports/") ? "\(folder)/\($0)" : $0 }
    let told = try run(at: step.at, (step.login.map { ["--as", $0] } ?? []) + words)
    guard step.login == nil || words[0] == "import" else { return }
    for line in told.split(separator: "\n") {
      world.output.line("\(step.at.replacing("T", with: " "))  \(line)")
    }
    world.output.flush()
  }

  /// The report that its reader finds, and where the rest is.
  func show() throws {
    let latest = "\(folder)/out/latest/daily-sla"
    if let text = FileManager.default.contents(atPath: "\(latest)/daily-sla.txt") {
      world.output.write(String(decoding: text, as: UTF8.self))
    }
    world.output.write(
      """

      This was the report of Friday, 30 October 2026, 12:30. Where to look:
        \(latest)/daily-sla.html   the same in a browser
        \(latest)/                 the same for a spreadsheet, with datapackage.json
        \(folder)/mail/            the alerts, one Maildir a person
        \(folder)/plazo.json5      hours, holidays, policies, jobs
      Try, at that Friday:
        export PLAZO_DESK=\(folder) PLAZO_NOW=\(Self.readAt)
        plazo ticket list
        plazo ticket show 43
        plazo report run tasks-vobo
        plazo help ticket reply                 with examples for this desk, as for every command

      """)
  }

  /// Runs a command line of this program within it. - Returns: what it printed.
  /// - Throws: `DeskError` with what it said, when it failed.
  private func run(at instant: String, _ words: [String], onDesk: Bool = true) throws -> String {
    let (data, talk) = (try Sink(), try Sink())
    var inner = world
    inner.output = Output(descriptor: data.descriptor)
    inner.talk = Output(descriptor: talk.descriptor)
    let options = ["--now", instant] + (onDesk ? ["--desk", folder] : [])
    let code = Commands.run(arguments: options + words, in: inner)
    inner.output.flush()
    inner.talk.flush()
    guard code == .done else {
      let said = talk.text.split(separator: "\n").first.map(String.init) ?? "'\(words.joined(separator: " "))' failed"
      throw DeskError(said.hasPrefix("plazo: ") ? String(said.dropFirst(7)) : said, mend: "the demo ends here")
    }
    return data.text
  }
}

/// A file without a name that takes what a command within this process writes.
private final class Sink {
  private let file: UnsafeMutablePointer<FILE>

  init() throws {
    guard let file = tmpfile() else {
      throw DeskError("no temporary file can be made", mend: "see that /tmp can be written and has room")
    }
    self.file = file
  }

  deinit { fclose(file) }

  var descriptor: Int32 { fileno(file) }

  var text: String {
    let size = lseek(descriptor, 0, SEEK_END)
    lseek(descriptor, 0, SEEK_SET)
    var bytes = [UInt8](repeating: 0, count: max(0, Int(size)))
    let count = read(descriptor, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
