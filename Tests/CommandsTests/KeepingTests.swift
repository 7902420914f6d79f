import FoundationEssentials
import Glibc
import SQLite
import Testing

@Suite("Backups") struct BackupTests {
  private let desk = TestDesk()

  init() {
    for title in ["Caída", "Correo", "Nómina"] {
      desk.done(
        "--as", "ana", "ticket", "open", "--client", "Acme", "--title", title, "--plazo", "2h", "--assign", "beto")
    }
    desk.done("tick")
  }

  @Test("are one dated file that is its owner's alone, and become a desk that answers the same")
  func roundTrip() throws {
    desk.write("-- mine\n", to: "mesa/reports/mine.sql")
    let said = desk.done("backup")
    #expect(said.hasPrefix("mesa/backups/mesa-2026-03-27T150000Z.sqlite: "))
    #expect(said.hasSuffix(" KiB, verified"))
    #expect(desk.names(in: "mesa/backups") == ["mesa-2026-03-27T150000Z.sqlite"])
    #expect(desk.mode(of: "mesa/backups/mesa-2026-03-27T150000Z.sqlite") == 0o600)
    #expect(desk.mode(of: "mesa/backups") == 0o700)
    let restored = desk.done("restore", "mesa/backups/mesa-2026-03-27T150000Z.sqlite", "--to", "again")
    #expect(restored.contains("a backup of 2026-03-27T15:00:00Z, by plazo "))
    #expect(restored.contains("replayed 3 tickets and tasks from their events: all agree"))
    #expect(desk.names(in: "again") == ["desk.sqlite", "mail", "out", "plazo.json5", "reports"])
    #expect(desk.mode(of: "again") == 0o700)
    #expect(desk.mode(of: "again/desk.sqlite") == 0o600)
    #expect(desk.file("again/plazo.json5") == desk.file("mesa/plazo.json5"))
    #expect(desk.file("again/reports/mine.sql") == "-- mine\n")
    desk.now = "2026-03-27T12:00"
    for command in [["judge"], ["ticket", "list", "--format", "json"], ["alert", "list", "--format", "csv"]] {
      let there = desk.program.run(["--desk", "again"] + command)
      #expect(there.code == 0)
      #expect(there == desk.program.run(command))
    }
    // What the backup needs for itself is gone again.
    let names = try Connection(path: "\(desk.folder)/again/desk.sqlite", mode: .readOnly)
      .rows(sql: "SELECT name FROM sqlite_schema WHERE name LIKE 'backup%'")
    #expect(names == [])
  }

  @Test("go under the name that is given, and never over a file that is there")
  func givenName() {
    #expect(desk.done("backup", "mine.sqlite").hasPrefix("mine.sqlite: "))
    desk.fails(
      "backup", "mine.sqlite", saying: "plazo: 'mine.sqlite' is there already; give another name, or remove it first")
    #expect(desk.names(in: ".") == ["mesa", "mine.sqlite"])
  }

  @Test("beyond the numbers to keep are removed, others' files never")
  func rotation() throws {
    let settings = try #require(desk.file("mesa/plazo.json5"))
    desk.write(
      settings.replacing(
        "keep: { daily: 7, weekly: 4, monthly: 12 }", with: "keep: { daily: 2, weekly: 0, monthly: 0 }"),
      to: "mesa/plazo.json5")
    desk.done("backup", "away/")
    desk.write("", to: "away/mesa-notes.sqlite")
    desk.write("", to: "away/otra-2026-03-01T080000Z.sqlite")
    for day in 28...30 {
      desk.now = "2026-03-\(day)T02:00"
      desk.done("backup", "away")
    }
    #expect(
      desk.names(in: "away") == [
        "mesa-2026-03-29T080000Z.sqlite", "mesa-2026-03-30T080000Z.sqlite", "mesa-notes.sqlite",
        "otra-2026-03-01T080000Z.sqlite",
      ])
    desk.now = "2026-03-31T02:00"
    desk.done("backup", "away", "--keep-all")
    #expect(desk.names(in: "away").count == 5)
  }

  @Test("are made of a desk whose settings are wrong, too")
  func wrongSettings() {
    desk.write("{ nonsense", to: "mesa/plazo.json5")
    let outcome = desk.run("backup")
    #expect(outcome.code == 0)
    #expect(outcome.talk == "plazo: plazo.json5 is wrong, so no older backup is removed; see 'plazo doctor'\n")
    #expect(desk.names(in: "mesa/backups").count == 1)
  }

  @Test("that are damaged are named, and nothing is made of them")
  func damage() throws {
    desk.done("backup", "good.sqlite")
    let good = try #require(FileManager.default.contents(atPath: "\(desk.folder)/good.sqlite"))
    func expectRefused(_ name: String, _ bytes: Data, saying words: String) {
      _ = FileManager.default.createFile(atPath: "\(desk.folder)/\(name)", contents: bytes)
      for command in [["restore", name, "--check"], ["restore", name, "--to", "again"]] {
        let outcome = desk.program.run(command)
        #expect(outcome.code == 1 && outcome.data == "", "\(name)")
        #expect(outcome.talk.hasPrefix("plazo: '\(name)' \(words)"), "\(name): \(outcome.talk)")
      }
      #expect(!desk.names(in: ".").contains("again"))
    }
    expectRefused("empty", Data(), saying: "is not a desk of plazo; ")
    expectRefused("text", Data("This is no database, and long enough to look into it.\n".utf8), saying: "is not a desk")
    expectRefused("short", good.prefix(good.count - 3 * 4096), saying: "is damaged: ")
    // A page in the middle, and one bit of a row's number.
    var torn = good
    torn.replaceSubrange(5 * 4096..<6 * 4096, with: Data(repeating: 0xA5, count: 4096))
    expectRefused("torn", torn, saying: "is damaged: ")
    #expect(desk.run("restore", "good.sqlite", "--check").code == 0)
  }

  @Test("are told apart when a row is missing")
  func missingRow() throws {
    desk.done("backup", "good.sqlite")
    let connection = try Connection(path: "\(desk.folder)/good.sqlite", mode: .readWrite)
    try connection.execute(sql: "DELETE FROM client WHERE name = 'Bolt'")
    desk.fails(
      "restore", "good.sqlite", "--check",
      saying: "plazo: 'good.sqlite' is damaged: table client has 1 rows of 2; use another backup")
  }

  @Test("are refused where a row refers to one that is missing, or a newer plazo made them")
  func strayRowAndNewer() throws {
    desk.done("ticket", "open", "--as", "ana", "--client", "Acme", "--title", "Uno")
    desk.done("backup", "good.sqlite")
    let good = try #require(FileManager.default.contents(atPath: "\(desk.folder)/good.sqlite"))
    func change(_ name: String, _ sql: String) throws {
      _ = FileManager.default.createFile(atPath: "\(desk.folder)/\(name)", contents: good)
      let connection = try Connection(path: "\(desk.folder)/\(name)", mode: .readWrite)
      try connection.execute(sql: sql)
    }
    // As many rows as before: only the reference tells.
    try change("stray.sqlite", "PRAGMA foreign_keys = OFF; UPDATE ticket SET client_id = 999")
    // The note of how many rows there are says nothing of a row that is more.
    try change(
      "newer.sqlite",
      "INSERT INTO migration VALUES ('desk-99-tomorrow', 0); UPDATE backup_rows SET rows = rows + 1 WHERE name = 'migration'"
    )
    for command in [["--check"], ["--to", "again"]] {
      let stray = desk.program.run(["restore", "stray.sqlite"] + command)
      #expect(stray.code == 1)
      #expect(
        stray.talk == "plazo: 'stray.sqlite' is damaged: a row of ticket refers to a row of client that is missing; "
          + "use another backup\n")
      let newer = desk.program.run(["restore", "newer.sqlite"] + command)
      #expect(newer.code == 1)
      #expect(
        newer.talk == "plazo: 'newer.sqlite' was made by a newer plazo (it has desk-99-tomorrow); update this plazo\n")
    }
    #expect(!desk.names(in: ".").contains("again"))
  }

  @Test("are never restored over anything")
  func neverOver() {
    desk.done("backup", "good.sqlite")
    desk.fails(
      "restore", "good.sqlite", "--to", "mesa",
      saying: "plazo: 'mesa' is not empty; restore into a new folder; move it into place afterwards")
    // A log that a lost desk left behind would be played into the new one.
    desk.done("init", "gone", "--admin", "ada")
    unlink("\(desk.folder)/gone/desk.sqlite")
    #expect(desk.run("restore", "good.sqlite", "--to", "gone").code == 1)
    desk.fails("restore", "good.sqlite", code: 2, saying: "plazo: --to is missing; see 'plazo help restore'")
  }
}
