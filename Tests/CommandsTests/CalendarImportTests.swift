import FoundationEssentials
import Testing
import Text

@Suite("Calendar files") struct CalendarFileTests {
  private static let holidays = """
    BEGIN:VCALENDAR\r
    BEGIN:VEVENT\r
    DTSTART;VALUE=DATE:20260330\r
    DTEND;VALUE=DATE:20260401\r
    SUMMARY:Feria\r
    END:VEVENT\r
    BEGIN:VEVENT\r
    DTSTART;VALUE=DATE:20260501\r
    SUMMARY:Trabajo\r
    END:VEVENT\r
    END:VCALENDAR\r

    """

  /// A swept desk with a ticket that is due on Wednesday, 1 April.
  private func deskWithTicket() -> TestDesk {
    let desk = TestDesk()
    desk.write(Self.holidays, to: "f.ics")
    desk.done("--as", "ada", "ticket", "open", "--client", "Acme", "--title", "x", "--plazo", "3d")
    desk.done("tick")
    return desk
  }

  @Test("of others are shown with what they would move, and nothing is written")
  func previews() {
    let desk = deskWithTicket()
    #expect(
      desk.done("calendar", "import", "f.ics", "--into", "office", "--lang", "en") == """
        + 2026-03-30 Mon  Feria
        + 2026-03-31 Tue  Feria
          2026-05-01 Fri  Trabajo  (a holiday already: Día del Trabajo)
        ticket 1: due 2026-04-01 19:00:00 → 2026-04-03 19:00:00
        of 1 open tickets, 1 deadlines and 0 situations would move
        Nothing was written. --yes writes it; --only and --except choose days.
        """)
    #expect(desk.names(in: "mesa/calendars") == [])
  }

  @Test("are written day by day or whole, added to what stands there, and put in force by apply")
  func writes() throws {
    let desk = deskWithTicket()
    desk.done("--as", "ada", "calendar", "import", "f.ics", "--into", "office", "--except", "2026-03-30")
    #expect(desk.mode(of: "mesa/calendars/office.json5") == 0o600)
    let first = try #require(desk.file("mesa/calendars/office.json5"))
    #expect(first.contains("    // From f.ics, 2026-03-27.\n    { date: \"2026-03-31\", name: \"Feria\" },\n  ],\n"))
    desk.write(first.replacing("holidays: [", with: "// mine\n  holidays: ["), to: "mesa/calendars/office.json5")
    #expect(desk.done("plan").contains("ticket 1: due 2026-04-01 19:00:00 → 2026-04-02 19:00:00"))
    desk.done("--as", "ada", "calendar", "import", "f.ics", "--into", "office", "--yes")
    let second = try #require(desk.file("mesa/calendars/office.json5"))
    #expect(second.contains("// mine\n") && second.contains("{ date: \"2026-03-30\", name: \"Feria\" },\n  ],"))
    #expect(desk.names(in: "mesa/calendars") == ["office.json5"])
    desk.done("--as", "ada", "apply")
    #expect(desk.done("judge").contains("2026-04-03T19:00:00-06:00"))
    #expect(
      desk.done("calendar", "import", "f.ics", "--into", "office", "--yes", "--as", "ada", "--lang", "en")
        .hasSuffix("There is nothing to write."))
  }

  @Test("of a new name are a list that a calendar includes")
  func list() throws {
    let desk = deskWithTicket()
    let outcome = desk.run("--as", "ada", "calendar", "import", "f.ics", "--into", "feria", "--only", "2026-03-31")
    #expect(outcome.talk == "Un calendario los toma con include: [\"feria\"] en plazo.json5.\n")
    #expect(!desk.done("plan").contains("ticket 1"))
    let text = try #require(desk.file("mesa/plazo.json5"))
    desk.write(text.replacing("// include: [\"mexico\"],", with: "include: [\"feria\"], //"), to: "mesa/plazo.json5")
    #expect(desk.done("plan").contains("ticket 1: due 2026-04-01 19:00:00 → 2026-04-02 19:00:00"))
  }

  @Test("are the administrator's to change, and a wrong choice is refused")
  func refusals() {
    let desk = deskWithTicket()
    desk.fails(
      "--as", "ana", "calendar", "import", "f.ics", "--into", "office", "--yes",
      saying: "plazo: only an administrator can change a calendar; act --as an administrator")
    desk.fails(
      "calendar", "import", "f.ics", "--into", "office", "--as", "ada", "--only", "2026-03-29", code: 2,
      saying: "plazo: the file has no day 2026-03-29, given with --only; see the list without it")
    desk.fails(
      "calendar", "import", "f.ics", "--into", "../x", code: 2,
      saying: "plazo: '../x' is no name for a calendar; write a name such as office")
    desk.fails(
      "calendar", "import", "g.ics", "--into", "office",
      saying: "plazo: g.ics: it cannot be opened (No such file or directory); check the path and who may read it")
    #expect(desk.names(in: "mesa/calendars") == [])
  }

  @Test(
    "that are wrong are refused with every fault, file and place",
    arguments: [
      (
        "several",
        [
          ":2: hollidays: unknown key; did you mean 'holidays'? legal keys: timeZone, include, weekly, holidays, overrides",
          ":4: weekly.mon[0]: '18:00-09:00' is not opening hours, the opening before the closing; "
            + "write it as 09:00-14:00, or 22:00-30:00 past midnight",
          ":6: holidays[0].date: '2026-02-30' is not a date; write it as 2026-12-25",
          ":7: holidays[1]: a weekday of a month needs all of its parts; write { nth: 3, weekday: \"mon\", month: 11 }",
          ":3: include[0]: there is no file calendars/spian.json5; files: several",
        ]
      ),
      ("syntax", [":4: a ',' or a ']' is missing before '\"'; mend it there or just before"]),
      ("always", [": 'always' is built in; choose another name"]),
      ("itself", [":1: include[0]: 'itself' includes itself; leave it out"]),
      (
        "zone",
        [
          ":1: timeZone: there is no time zone 'Europe/Madird'; did you mean 'Europe/Madrid'? "
            + "write an IANA name such as America/Mexico_City"
        ]
      ),
    ])
  func faults(name: String, lines: [String]) throws {
    let desk = TestDesk()
    let data = try #require(
      FileManager.default.contents(atPath: "\(Program.root)/samples/bad/calendars/\(name).json5"))
    _ = FileManager.default.createFile(atPath: "\(desk.folder)/mesa/calendars/\(name).json5", contents: data)
    #expect(desk.run("tick").talk == lines.map { "plazo: mesa/calendars/\(name).json5\($0)\n" }.joined())
  }

  @Test("of others are read as Python's libraries read them")
  func agreesWithPython() throws {
    let environment = ProcessInfo.processInfo.environment
    let cases = environment["PLAZO_CASES"] ?? "40"
    let desk = TestDesk()
    var python = desk.program
    python.environment["PATH"] = environment["PATH"] ?? "/usr/bin:/bin"
    let script = "\(Program.root)/Tests/judges/icalendar_dates.py"
    let outcome = python.run([script, desk.folder, environment["PLAZO_SEED"] ?? "1", cases], as: "python3")
    guard outcome.code == 0 else {
      print("skipped: python3 with icalendar, python-dateutil and recurring-ical-events is not there")
      return
    }
    guard case .object(let files) = try JSONDecoder().decode(JSONValue.self, from: Data(outcome.data.utf8)) else {
      Issue.record("the judge says nothing")
      return
    }
    #expect(files.count == Int(cases))
    for (file, dates) in files {
      let listed = desk.done("calendar", "import", file, "--into", "x", "--from", "2024", "--through", "2031")
      let found = listed.split(separator: "\n").map { $0.dropFirst(2).prefix(10) }.filter { $0.hasPrefix("20") }
      #expect(JSONValue.array(found.map { .string(String($0)) }) == dates, "\(desk.file(file) ?? "")")
    }
  }
}
