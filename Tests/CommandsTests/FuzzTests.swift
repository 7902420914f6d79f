import Seeded
import Testing

@testable import Commands

/// Command lines that nobody would write, of every command: none crashes, and each that fails says why in one line.
@Suite("Any command line") struct FuzzTests {
  @Test("ends with an exit code and a reason, and leaves the desk whole", arguments: 1...4)
  func anyWords(seed: UInt64) {
    var dice = WordDice(seed: seed)
    let desk = TestDesk()
    desk.done("--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Uno")
    desk.done("--as", "ada", "task", "add", "--title", "Dos", "--technician", "ana")
    desk.write("texto\n", to: "archivo")
    // The service would not end, and the demo is long.
    let commands = allCommands.filter { !["run", "demo"].contains($0.name) }
    for _ in 0..<60 {
      let command = commands[dice.upTo(commands.count)]
      let words = dice.line(of: command)
      let outcome = desk.program.run(words, input: dice.upTo(2) == 0 ? dice.word() : "")
      let most: Int32 = command.name == "check" ? 3 : 2
      #expect((0...most).contains(outcome.code), "\(words): \(outcome.code) \(outcome.talk)")
      if outcome.code == 1 || outcome.code == 2, command.name != "check" {
        let lines = outcome.talk.split(separator: "\n")
        #expect(!lines.isEmpty || !outcome.data.isEmpty, "\(words)")
        #expect(lines.allSatisfy { $0.hasPrefix("plazo: ") }, "\(words): \(outcome.talk)")
        if outcome.code == 2 { #expect(lines.count == 1, "\(words): \(outcome.talk)") }
      }
    }
    // What was recorded meanwhile is what the events say.
    let doctor = desk.run("doctor").data
    for check in ["integrity", "references", "replay"] {
      #expect(doctor.contains("ok       \(check)"), "\(doctor)")
    }
  }
}

private struct WordDice {
  private var dice: Dice
  init(seed: UInt64) { dice = Dice(seed: seed) }

  mutating func upTo(_ count: Int) -> Int { dice.upTo(count) }

  private static let words = [
    "", " ", "-", "--", "-1", "0", "1", "#1", "2", "99999999999999999999", "1.5", "1h30", "3d", "-3d", "90m", "NaN",
    "ana", "ada",
    "beto", "carla", "Acme", "Bolt", "nadie", "archivo", "mesa", "/dev/null", "/nada/nada", "2026-03-27", "2026-13-45",
    "2026-03-27T09:00", "9999-12-31", "open", "closed", "all", "late", "client", "support", "granted", "refused",
    "event", "day",
    "es", "en", "json", "csv", "text", "number", "-number,title", ",", "a,b", "'; DROP TABLE ticket; --", "%s%n", "..",
    "*",
    "\u{1B}[31m", "\u{202E}", "e\u{301}", "😀", "مرحبا", "\n", "\r", "\t", "=", "=x", "--as", "America/Mexico_City",
    "always", "\u{FEFF}",
  ]

  mutating func word() -> String {
    if upTo(20) == 0 { return String(repeating: Self.words[upTo(Self.words.count)], count: upTo(3000)) }
    return Self.words[upTo(Self.words.count)]
  }

  /// The command with operands and options of its own and of none, well-formed more often than not.
  mutating func line(of command: Command) -> [String] {
    var words = upTo(3) == 0 ? [] : ["--as", ["ada", "ana", "carla", "nadie"][upTo(4)]]
    words += command.name.split(separator: " ").map(String.init)
    for _ in 0..<(upTo(4) == 0 ? upTo(4) : command.operands.count) { words.append(word()) }
    for option in command.options where upTo(3) == 0 {
      words.append(option.name)
      if option.value != nil, upTo(12) > 0 { words.append(word()) }
    }
    if upTo(10) == 0 { words.append("--nada") }
    // No argument of a process can hold a NUL, nor be longer than the system takes.
    return words.map { String($0.prefix(20_000)) }
  }
}
