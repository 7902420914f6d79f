import FoundationEssentials
import Glibc
import Testing

@testable import Commands

/// What the help shows is run: every example of every command, each in a folder of its own with a fresh sample desk.
@Suite("The examples in the help") struct ExampleTests {
  /// The sample desk, made once and only read; what an example does happens to a copy.
  nonisolated(unsafe) private static let sample: TestDesk = {
    let desk = TestDesk(empty: true)
    desk.now = ""
    desk.done("demo", "demo")
    return desk
  }()

  private static let examples: [(command: String, line: String)] = allCommands.flatMap { command in
    command.examples.map { (command.name, $0) }
  }

  /// A folder with a copy of the sample desk, and the program as a shell in it finds it.
  private func shell() -> (desk: TestDesk, program: Program) {
    let desk = TestDesk(empty: true)
    let copy = Program(folder: Self.sample.folder).run(["-a", "demo", "\(desk.folder)/demo"], as: "/bin/cp")
    #expect(copy.code == 0, "\(copy.talk)")
    let folder = Program.path[..<Program.path.lastIndex(of: "/")!]
    let environment = [
      "PATH": "\(folder):/usr/bin:/bin", "PLAZO_DESK": "demo", "PLAZO_NOW": "2026-10-30T12:30",
    ]
    return (desk, Program(folder: desk.folder, environment: environment))
  }

  @Test("are lines that a shell runs well on the desk of 'plazo demo'", arguments: examples)
  func run(command: String, line: String) {
    // The service ends when it is told to.
    if command == "run" { return }
    let (desk, program) = shell()
    let outcome = program.run(["-euo", "pipefail", "-c", line], as: "/bin/bash")
    // The plugin's codes tell of the desk.
    #expect((0...(command == "check" ? 2 : 0)).contains(outcome.code), "\(line)\n\(outcome.talk)")
    withExtendedLifetime(desk) {}
  }

  @Test("of the service start it", arguments: examples.filter { $0.command == "run" })
  func runService(command: String, line: String) {
    let (desk, program) = shell()
    let child = program.start(["-euo", "pipefail", "-c", "exec \(line)"], as: "/bin/bash")
    func says(_ text: String) -> Bool {
      for _ in 0..<6000 {
        if child.talk.contains(text) || desk.file("run.log")?.contains(text) ?? false { return true }
        usleep(10_000)
      }
      return false
    }
    #expect(says("watching demo"), "\(line)")
    child.signal(SIGTERM)
    #expect(child.wait().code == 0, "\(line)")
  }

  @Test("are there for every command, begin with it or pipe into it, and fit a terminal")
  func areThere() {
    for command in allCommands {
      #expect(!command.examples.isEmpty, "\(command.name)")
      for example in command.examples {
        #expect(example.contains("plazo \(command.name)"), "\(example)")
        for line in example.split(separator: "\n") { #expect(line.count <= Help.pageWidth - 2, "\(line)") }
      }
    }
  }
}
