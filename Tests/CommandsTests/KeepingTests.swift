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

@Suite("Doctor") struct DoctorTests {
  private let desk = TestDesk()

  init() {
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Caída", "--plazo", "2h", "--assign", "beto")
    desk.done("tick")
  }

  private func change(_ sql: String) throws {
    try Connection(path: "\(desk.folder)/mesa/desk.sqlite", mode: .readWrite).execute(sql: sql)
  }

  /// The findings as `check: problem`.
  private func findings(at location: SourceLocation = #_sourceLocation) -> [String] {
    let outcome = desk.run("doctor", "--quiet")
    let lines = outcome.data.split(separator: "\n").map(String.init)
    let found = lines.filter { $0.hasPrefix("FINDING") }.map { line in
      let words = line.dropFirst(9).split(separator: " ", maxSplits: 1)
      return "\(words[0]): \(words[1].drop { $0 == " " })"
    }
    #expect(outcome.code == (found.isEmpty ? 0 : 1), "\(outcome)", sourceLocation: location)
    #expect(lines.count { $0.contains("→ ") } == found.count, sourceLocation: location)
    return found
  }

  @Test("finds nothing on a desk that is well, and names every check")
  func clean() {
    let outcome = desk.run("doctor")
    #expect(outcome.code == 0 && outcome.talk == "")
    #expect(outcome.data.hasSuffix("\nnothing found\n"))
    #expect(outcome.data.split(separator: "\n").dropLast().allSatisfy { $0.hasPrefix("ok ") })
    #expect(
      desk.done("doctor", "--format", "json").contains("{\"check\": \"replay\", \"outcome\": \"ok\", \"problem\": null")
    )
  }

  @Test("replays the events")
  func replay() throws {
    try change("UPDATE ticket SET plazo = '9d' WHERE id = 1")
    #expect(findings() == ["replay: the row differs from its events: ticket 1: plazo"])
    let json = desk.run("doctor", "--quiet", "--format", "json")
    #expect(json.code == 1)
    #expect(json.data.contains("\"check\": \"replay\", \"outcome\": \"finding\""))
  }

  @Test("finds what refers to nothing")
  func references() throws {
    try change("PRAGMA foreign_keys = OFF; DELETE FROM client WHERE name = 'Acme'")
    #expect(findings().first == "references: 1 references from ticket to client lead nowhere")
  }

  @Test("finds damaged pages, and what it could look at besides")
  func damage() throws {
    let path = "\(desk.folder)/mesa/desk.sqlite"
    _ = try Connection(path: path, mode: .readWrite).value(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    let page = try #require(
      try Connection(path: path, mode: .readOnly).integer(
        sql: "SELECT rootpage FROM sqlite_schema WHERE name = 'ticket_event'"))
    let descriptor = open(path, O_WRONLY)
    let bytes = [UInt8](repeating: 0xA5, count: 4096)
    #expect(pwrite(descriptor, bytes, bytes.count, off_t((page - 1) * 4096)) == bytes.count)
    close(descriptor)
    let found = findings()
    #expect(found.contains { $0.hasPrefix("integrity: ") && $0.contains("is damaged") }, "\(found)")
  }

  @Test("finds what others may read")
  func permissions() {
    chmod("\(desk.folder)/mesa", 0o755)
    chmod("\(desk.folder)/mesa/plazo.json5", 0o644)
    #expect(
      findings() == [
        "permissions: 'mesa' can be entered by others than its owner (0755)",
        "permissions: 'mesa/plazo.json5' can be read by others than its owner (0644)",
      ])
  }

  @Test("finds settings that are wrong or not in force, and goes on")
  func settings() throws {
    let settings = try #require(desk.file("mesa/plazo.json5"))
    desk.write(settings.replacing("plazo: \"3d\"", with: "plazo: \"4d\""), to: "mesa/plazo.json5")
    #expect(findings() == ["rules-in-force: plazo.json5 differs from the policies and calendars in force"])
    desk.write("{ language: \"fr\" }", to: "mesa/plazo.json5")
    let found = findings()
    #expect(found.first?.hasPrefix("settings: mesa/plazo.json5: language: ") == true)
    #expect(found.allSatisfy { $0.hasPrefix("settings") })
  }

  @Test("names the file in which a calendar was changed, here and in a pass")
  func calendarFile() throws {
    let settings = try #require(desk.file("mesa/plazo.json5"))
    desk.write("{ holidays: [\"2026-05-04\"] }", to: "mesa/calendars/office.json5")
    let files = "plazo.json5 or calendars/office.json5"
    #expect(findings() == ["rules-in-force: \(files) differs from the policies and calendars in force"])
    #expect(desk.done("tick").hasPrefix("\(files) differs from the version in force, which still judges; see "))
    desk.done("--as", "ada", "apply")
    #expect(findings() == [])
    // A calendar that only a file has.
    desk.write("{ weekly: { mon: [\"09:00-14:00\"] } }", to: "mesa/calendars/corta.json5")
    #expect(findings() == ["rules-in-force: calendars/corta.json5 differs from the policies and calendars in force"])
    desk.done("--as", "ada", "apply")
    desk.write(settings.replacing("plazo: \"3d\"", with: "plazo: \"4d\""), to: "mesa/plazo.json5")
    #expect(findings() == ["rules-in-force: plazo.json5 differs from the policies and calendars in force"])
  }

  @Test("finds jobs whose report or recipients are not what they should be, with file, line and field; so does plan")
  func jobSettings() throws {
    let settings = try #require(desk.file("mesa/plazo.json5"))
    let start = try #require(settings.firstRange(of: "  jobs: ["))
    desk.done("user", "add", "eva", "--as", "ada", "--name", "Eva")
    desk.done("user", "edit", "eva", "--as", "ada", "--deactivate")
    desk.write("{ title: { es: 'x', en: 'x' } }", to: "mesa/reports/mine.json5")
    desk.write(
      """
      \(settings[..<start.lowerBound])jobs: [
        { name: "a", at: "0 2 * * *", report: "mine" },
        { name: "b", at: "0 2 * * *", report: "daily-sla",
          recipients: ["administrators", "user:adda", "user:eva", "user:ada"] },
      ],
      }

      """, to: "mesa/plazo.json5")
    let first = settings[..<start.lowerBound].count { $0 == "\n" } + 2
    let expected = [
      "mesa/plazo.json5:\(first): jobs[0].report: 'mine' cannot run: mesa/reports/mine.json5: about",
      "mesa/plazo.json5:\(first + 2): jobs[1].recipients[1]: there is no user 'adda'; did you mean 'user:ada'?",
      "mesa/plazo.json5:\(first + 2): jobs[1].recipients[2]: the user 'eva' is no longer active; ",
    ]
    let plan = desk.run("plan")
    #expect(plan.code == 0)
    let told = plan.talk.split(separator: "\n").map(String.init)
    #expect(told.count == 3, "\(told)")
    for (line, text) in zip(told, expected) { #expect(line.hasPrefix("plazo: \(text)"), "\(line)") }
    let found = findings().filter { $0.hasPrefix("job-settings: ") }
    #expect(found.count == 3)
    for (line, text) in zip(found, expected) {
      #expect(line.hasPrefix("job-settings: \(text.split(separator: "; ")[0])"), "\(line)")
    }
  }

  @Test("finds zone data that differ from those in force")
  func zoneData() throws {
    // Another zone's data under the same name, as an upgrade of tzdata may bring.
    try change("UPDATE calendar_version SET zone_data = CAST(zone_data || x'00' AS BLOB)")
    #expect(findings().contains { $0.hasPrefix("zone-data: tzdata ") && $0.contains("America/Mexico_City") })
  }

  @Test("finds holidays by date that come to their end")
  func calendars() throws {
    let settings = try #require(desk.file("mesa/plazo.json5"))
    desk.write(
      settings.replacing(
        "holidays: [", with: "holidays: [ \"2026-01-05\", \"2026-02-02\", { from: \"2026-04-02\", to: \"2026-04-03\" },"
      ), to: "mesa/plazo.json5")
    desk.done("--as", "ada", "apply")
    #expect(findings() == ["calendars: calendar 'office' has no holiday by date after 2026-04-03"])
  }

  @Test("finds that nothing is at work, and no backup")
  func standsStill() {
    desk.now = "2026-03-31T09:30"
    let found = findings()
    #expect(found.contains("sweep: the last sweep was at 2026-03-27T09:00:00-06:00"))
    #expect(found.contains { $0.hasPrefix("jobs: job 'daily-sla' has 2 times due at which nothing ran") })
    #expect(found.contains("backups: 'mesa/backups' has no backup of this desk"))
    desk.done("tick")
    #expect(findings() == [])
  }

  @Test("says what is wrong with a desk that cannot be opened")
  func unreadable() {
    desk.write("no database at all, but long enough to be looked into, and then some more", to: "mesa/desk.sqlite")
    let outcome = desk.run("doctor")
    #expect(outcome.code == 1)
    #expect(outcome.data.hasPrefix("FINDING  file"))
    #expect(outcome.data.contains("is not a desk of plazo"))
    #expect(outcome.data.contains("-        replay           not examined: desk.sqlite cannot be opened"))
  }
}

@Suite("A clock that ran ahead") struct ClockAcceptanceTests {
  private let desk = TestDesk()

  @Test("is accepted as it is now: tickets are judged anew, jobs run again, nothing else moves")
  func accept() throws {
    desk.done(
      "--as", "ana", "ticket", "open", "--client", "Acme", "--title", "Caída", "--plazo", "2d", "--assign", "beto")
    desk.done("tick")
    let before = desk.done("judge")
    desk.now = "2027-03-27T09:00"
    desk.done("tick")
    #expect(desk.done("ticket", "list", "--format", "csv").contains("late"))
    desk.now = "2026-03-27T09:10"
    let refused = desk.run("tick")
    #expect(refused.code == 1)
    let found = desk.run("doctor", "--quiet")
    #expect(found.code == 1)
    #expect(found.data.contains("clock"))
    #expect(found.data.contains("'plazo doctor --accept-clock'"))
    let said = desk.done("doctor", "--accept-clock")
    #expect(
      said.hasPrefix(
        "the last sweep was at 2027-03-27T09:00:00-06:00, ahead of 2026-03-27T09:10:00-06:00: 1 tickets judged anew"))
    #expect(said.contains("jobs that run again: "))
    #expect(!desk.done("ticket", "list", "--format", "csv").contains("late"))
    desk.done("tick")
    let deadline = { (text: String) in text.split(separator: "\n")[1].split(separator: ",")[1] }
    #expect(deadline(desk.done("judge")) == deadline(before))
    #expect(desk.run("doctor").code == 0)
    // It became late in earnest, and is told once more.
    desk.now = "2026-04-01T09:00"
    desk.done("tick")
    #expect(desk.done("ticket", "list", "--format", "csv").contains("late"))
    #expect(desk.done("doctor", "--accept-clock").hasPrefix("nothing was recorded ahead of the clock"))
  }
}
