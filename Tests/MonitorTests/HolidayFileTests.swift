import Monitor
import SLA
import Seeded
import Testing
import Text

@Suite struct HolidayFileTests {
  private func read(
    _ events: [String], years: ClosedRange<Int> = 2024...2030, zone: String = "America/Mexico_City"
  ) throws -> HolidayFile {
    let text = (["BEGIN:VCALENDAR", "VERSION:2.0"] + events + ["END:VCALENDAR"]).joined(separator: "\r\n") + "\r\n"
    return try HolidayFile(Array(text.utf8), file: "f.ics", zone: TestDesk.zone(zone), years: years)
  }

  private func event(_ lines: String...) -> [String] { ["BEGIN:VEVENT"] + lines + ["END:VEVENT"] }

  private func dates(_ lines: [String]) throws -> [String] {
    let file = try read(lines)
    #expect(file.faults.isEmpty, "\(file.faults)")
    return file.days.map { "\($0.date)" }
  }

  @Test func aWholeDayEndsBeforeItsEnd() throws {
    #expect(try dates(event("DTSTART;VALUE=DATE:20260402")) == ["2026-04-02"])
    #expect(
      try dates(event("DTSTART;VALUE=DATE:20260402", "DTEND;VALUE=DATE:20260404")) == ["2026-04-02", "2026-04-03"])
    #expect(try dates(event("DTSTART;VALUE=DATE:20260402", "DURATION:P2D")) == ["2026-04-02", "2026-04-03"])
    #expect(try dates(event("DTSTART;VALUE=DATE:20260402", "DTEND;VALUE=DATE:20260402")) == ["2026-04-02"])
  }

  @Test func hoursAreTheDatesThatTheyTouch() throws {
    // Six in the evening of the 1st in Mexico City, to six of the 2nd.
    #expect(
      try dates(event("DTSTART:20260402T000000Z", "DTEND:20260403T000000Z")) == ["2026-04-01", "2026-04-02"])
    // Written by another zone's clock, the dates are those that are written.
    #expect(
      try dates(event("DTSTART;TZID=\"Europe/Madrid\":20260402T000000", "DTEND;TZID=Europe/Madrid:20260403T000000"))
        == ["2026-04-02"])
    #expect(try dates(event("DTSTART:20260402T230000", "DURATION:PT1H30M")) == ["2026-04-02", "2026-04-03"])
    #expect(try dates(event("DTSTART:20260402T230000")) == ["2026-04-02"])
    #expect(try read(event("DTSTART:20260402T090000")).days.first?.isPart == true)
  }

  /// What RFC 5545 has in UTC, the end of a rule, is of the zone in which the event begins, and so is an exception.
  @Test func rulesEndAndLeaveOutByTheClockOfTheEvent() throws {
    func dates(_ lines: [String]) throws -> [String] {
      let text = (["BEGIN:VCALENDAR"] + lines + ["END:VCALENDAR"]).joined(separator: "\r\n") + "\r\n"
      return try HolidayFile(
        Array(text.utf8), file: "f.ics", zone: TestDesk.zone("America/Mexico_City"),
        zones: { try? TestDesk.zone($0) }, years: 2026...2026
      ).days.map { "\($0.date)" }
    }
    #expect(
      try dates(
        event(
          "DTSTART;TZID=Europe/Madrid:20260701T000000", "DTEND;TZID=Europe/Madrid:20260702T000000",
          "RRULE:FREQ=DAILY;UNTIL=20260702T220000Z")) == ["2026-07-01", "2026-07-02", "2026-07-03"])
    #expect(
      try dates(
        event(
          "DTSTART;TZID=Europe/Madrid:20260713T090000", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20260714T070000Z"))
        == ["2026-07-13", "2026-07-15"])
  }

  @Test(arguments: [
    (
      "20260316", "FREQ=YEARLY;BYMONTH=3;BYDAY=3MO",
      ["2026-03-16", "2027-03-15", "2028-03-20", "2029-03-19", "2030-03-18"]
    ),
    ("20240229", "FREQ=YEARLY", ["2024-02-29", "2028-02-29"]),
    ("20241001", "FREQ=YEARLY;INTERVAL=6", ["2024-10-01", "2030-10-01"]),
    ("20251226", "FREQ=YEARLY;COUNT=2", ["2025-12-26", "2026-12-26"]),
    ("20251226", "FREQ=YEARLY;UNTIL=20271225", ["2025-12-26", "2026-12-26"]),
    ("20251226", "FREQ=YEARLY;UNTIL=20271226", ["2025-12-26", "2026-12-26", "2027-12-26"]),
    ("20291231", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", ["2029-12-31", "2030-01-31", "2030-02-28"]),
    ("20301105", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", ["2030-11-05"]),
    ("20301226", "FREQ=WEEKLY;BYDAY=TH,SA", ["2030-12-26", "2030-12-28"]),
    ("20301227", "FREQ=DAILY;INTERVAL=2", ["2030-12-27", "2030-12-29", "2030-12-31"]),
    ("20300830", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["2030-08-30", "2030-09-30"]),
    // A period that goes on after the last year wanted has its last day beyond it.
    ("20301227", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["2030-12-27"]),
  ])
  func comesAgainByItsRule(start: String, rule: String, expected: [String]) throws {
    #expect(try dates(event("DTSTART;VALUE=DATE:\(start)", "RRULE:\(rule)")) == expected)
  }

  @Test func exceptionsAdditionsAndChangesOfAnOccurrence() throws {
    let series = event(
      "UID:a", "DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20270101,20280101",
      "RDATE;VALUE=DATE:20260601")
    #expect(try dates(series) == ["2026-01-01", "2026-06-01", "2029-01-01", "2030-01-01"])
    let moved = event("UID:a", "RECURRENCE-ID;VALUE=DATE:20290101", "DTSTART;VALUE=DATE:20290103")
    let gone = event("UID:a", "RECURRENCE-ID;VALUE=DATE:20300101", "DTSTART;VALUE=DATE:20300101", "STATUS:CANCELLED")
    #expect(try dates(series + moved + gone) == ["2026-01-01", "2026-06-01", "2029-01-03"])
    #expect(try dates(event("DTSTART;VALUE=DATE:20260101", "STATUS:CANCELLED")) == [])
  }

  @Test func namesAreUnfoldedUnescapedAndPutTogether() throws {
    let file = try read(
      event("DTSTART;VALUE=DATE:20260402", "SUMMARY:Semana Santa\\, cie", " rre\\n", "\tlargo", "TRANSP:TRANSPARENT")
        + event("DTSTART;VALUE=DATE:20260402", "SUMMARY;LANGUAGE=es:Otra")
        + event("DTSTART;VALUE=DATE:20260402", "SUMMARY:Otra"))
    #expect(file.days.map(\.name) == ["Semana Santa, cierre largo / Otra"])
    #expect(file.days[0].isFree == false)
    // A fold within a letter of two bytes.
    let bytes =
      Array("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260402\nSUMMARY:A".utf8) + [0xC3, 10, 32, 0xB1]
      + Array("o\nEND:VEVENT\nEND:VCALENDAR\n".utf8)
    #expect(try HolidayFile(bytes, file: "f", zone: .utc, years: 2026...2026).days.map(\.name) == ["Año"])
  }

  @Test func daysOfOtherYearsAreCountedAndLeftOut() throws {
    let file = try read(event("DTSTART;VALUE=DATE:20201225", "RRULE:FREQ=YEARLY"), years: 2025...2026)
    #expect(file.days.map { "\($0.date)" } == ["2025-12-25", "2026-12-25"])
    #expect(file.outside == 5)
  }

  @Test func whatCannotBeReadIsToldByLineAndTheRestStays() throws {
    let file = try read(
      event("DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=YEARLY;BYWEEKNO=20") + event("DTSTART:20260230")
        + event("SUMMARY:no start") + event("DTSTART;VALUE=DATE:20260505", "EXRULE:FREQ=YEARLY")
        + event("DTSTART;VALUE=DATE:20260506", "DURATION:eine Woche") + ["nonsense"]
        + event("DTSTART;VALUE=DATE:20261225"))
    let mend = "so the event is left out; write its days by hand, in holidays"
    #expect(
      file.faults.map(\.description) == [
        "f.ics:5: RRULE: the rule has 'BYWEEKNO=20', which plazo does not read, \(mend)",
        "f.ics:8: DTSTART: '20260230' is not a date, \(mend)", "f.ics:10: the event has no DTSTART, \(mend)",
        "f.ics:15: EXRULE: rules of exceptions are not read, \(mend)",
        "f.ics:19: DURATION: 'eine Woche' is not a duration, \(mend)",
        "f.ics:21: it is no line of an iCalendar file; write NAME:VALUE",
      ])
    #expect(file.days.map { "\($0.date)" } == ["2026-12-25"])
  }

  @Test(arguments: [
    ("", "f.ics: it does not begin with BEGIN:VCALENDAR"),
    ("<html>", "f.ics: it does not begin with BEGIN:VCALENDAR"),
    ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", "f.ics:3: END:VCALENDAR closes what is not open"),
    ("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "f.ics:2: the VEVENT that begins here never ends"),
  ])
  func whatIsNoCalendarIsRefusedWhole(text: String, message: String) throws {
    let error = try #require(throws: Faults.self) {
      try HolidayFile(Array(text.utf8), file: "f.ics", zone: .utc, years: 2026...2026)
    }
    #expect(error.description == "\(message); give a whole iCalendar file (RFC 5545)")
  }

  @Test func alarmsAndZonesWithinTheFileAreNoEvents() throws {
    let zone = [
      "BEGIN:VTIMEZONE", "BEGIN:STANDARD", "DTSTART:19700101T000000", "RRULE:FREQ=YEARLY", "END:STANDARD",
      "END:VTIMEZONE",
    ]
    let alarm = ["BEGIN:VALARM", "DURATION:nonsense", "DTSTART:20260101", "END:VALARM"]
    #expect(
      try dates(zone + ["BEGIN:VEVENT", "DTSTART;VALUE=DATE:20261225"] + alarm + ["END:VEVENT"]) == ["2026-12-25"])
  }

  /// Whatever bytes come, it answers.
  @Test func noBytesBringItDown() throws {
    let good =
      (["BEGIN:VCALENDAR"]
      + event(
        "UID:a", "DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=YEARLY;INTERVAL=2;BYMONTH=1,2;BYDAY=1MO,-1FR;COUNT=4",
        "EXDATE:20270101T000000Z", "DURATION:P1DT2H") + ["END:VCALENDAR"]).joined(separator: "\n")
    var random = Dice(seed: 9)
    for _ in 0..<3000 {
      var bytes = Array(good.utf8)
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] =
          Bool.random(using: &random)
          ? UInt8.random(in: 0...255, using: &random)
          : Array("0123456789=;:,-TZ\n ".utf8).randomElement(using: &random)!
      }
      _ = try? HolidayFile(bytes, file: "f", zone: .utc, years: 2026...2027)
    }
  }
}
