import FoundationEssentials
import Glibc
import SQLite
import Testing

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
    #expect(findings().first == "references: 1 reference from ticket to client leads nowhere")
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
    // A group is others, too.
    chmod("\(desk.folder)/mesa", 0o700)
    chmod("\(desk.folder)/mesa/plazo.json5", 0o640)
    #expect(findings() == ["permissions: 'mesa/plazo.json5' can be read by others than its owner (0640)"])
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
    #expect(found.contains { $0.hasPrefix("jobs: job 'daily-sla' was due 2 times, and nothing ran") })
    #expect(found.contains("backups: 'mesa/backups' has no backup of this desk"))
    desk.done("tick")
    #expect(findings() == [])
  }

  @Test("finds messages that are parked")
  func parked() throws {
    let insert = """
      INSERT INTO message (key, message_id, kind, channel, recipient, mailbox, subject, state, not_before, created_at,
                           content)
      VALUES ('k', 'k', 'digest', 'maildir', 'a@example.com', 'a', 's', 'parked', 0, 0, x'41')
      """
    try change(insert)
    #expect(findings() == ["outbox: 1 message is parked: no attempt to deliver helped"])
  }

  @Test("finds a channel by which nothing goes")
  func channels() throws {
    let path = "\(desk.folder)/mesa/plazo.json5"
    let settings = try String(contentsOfFile: path, encoding: .utf8)
    let road = settings.replacing("    channels: {", with: "    channels: { mail: { sendmail: [\"/bin/cat\"] },")
    try road.write(toFile: path, atomically: false, encoding: .utf8)
    #expect(
      findings() == ["channels: nothing goes by the channel 'mail'; what has no channel of its own goes by 'maildir'"])
    try road.replacing("channel: \"maildir\",", with: "channel: \"mail\",")
      .write(toFile: path, atomically: false, encoding: .utf8)
    #expect(findings() == [])
    try road.replacing(
      "    routes: [", with: "    routes: [{ kinds: [\"late\"], to: \"assigned\", channel: \"mail\" },"
    )
    .write(toFile: path, atomically: false, encoding: .utf8)
    #expect(findings() == [])
  }

  @Test("finds a last backup that is older than two days and two hours, at the second past it")
  func oldBackup() {
    desk.done("backup")
    desk.now = "2026-03-29T11:00:00"
    #expect(!findings().contains { $0.hasPrefix("backups: ") })
    desk.now = "2026-03-29T11:00:01"
    #expect(findings().contains("backups: the last backup is of 2026-03-27T09:00:00-06:00"))
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
