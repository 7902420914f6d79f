import SLA
import Testing

/// Mexico, 09:00–14:00 and 16:00–19:00 on weekdays. 27 March 2026 is a Friday; 2 and 3 April are holidays.
@Suite struct PromiseTests {
  @Test(arguments: [
    ("6h", "2026-03-27 10:00", "2026-03-27 18:00"),
    ("90m", "2026-03-27 13:30", "2026-03-27 17:00"),
    // Used up exactly at a closing, it is due there and not at the next opening.
    ("8h", "2026-03-27 09:00", "2026-03-27 19:00"),
    ("8h", "2026-03-27 06:00", "2026-03-27 19:00"),
    ("4h", "2026-03-27 10:00", "2026-03-27 14:00"),
    ("4h1m", "2026-03-27 10:00", "2026-03-27 16:01"),
    ("1h", "2026-03-27 18:00", "2026-03-27 19:00"),
    ("1h", "2026-03-27 18:01", "2026-03-30 09:01"),
    ("1h", "2026-03-27 19:00", "2026-03-30 10:00"),
    ("1h", "2026-03-28 12:00", "2026-03-30 10:00"),
    ("1h", "2026-04-02 12:00", "2026-04-06 10:00"),
    ("16h", "2026-04-01 09:00", "2026-04-06 19:00"),
    // None at all is due at the start, open or closed.
    ("0h", "2026-03-27 10:00", "2026-03-27 10:00"),
    ("0h", "2026-03-27 15:00", "2026-03-27 15:00"),
    ("0h", "2026-03-28 12:00", "2026-03-28 12:00"),
    ("0h", "2026-03-27 19:00", "2026-03-27 19:00"),
    // Working days: the closing of the n-th one after the date.
    ("1d", "2026-03-26 00:00", "2026-03-27 19:00"),
    ("1d", "2026-03-26 23:59", "2026-03-27 19:00"),
    ("1d", "2026-03-27 10:00", "2026-03-30 19:00"),
    ("1d", "2026-03-28 10:00", "2026-03-30 19:00"),
    ("3d", "2026-04-01 10:00", "2026-04-08 19:00"),
    ("1d", "2026-04-02 10:00", "2026-04-06 19:00"),
    // The date itself, until it closes.
    ("0d", "2026-03-27 00:00", "2026-03-27 19:00"),
    ("0d", "2026-03-27 18:59", "2026-03-27 19:00"),
    ("0d", "2026-03-27 19:00", "2026-03-30 19:00"),
    ("0d", "2026-03-27 20:00", "2026-03-30 19:00"),
    ("0d", "2026-03-28 12:00", "2026-03-30 19:00"),
    ("0d", "2026-04-02 12:00", "2026-04-06 19:00"),
  ])
  func isDue(plazo: String, start: String, due: String) throws {
    let desk = try Desk(days: [easterWeek2026])
    let promise = try desk.promise(plazo, start)
    #expect(promise.start == desk(start))
    #expect(desk.text(desk.timeline.judge(promise, at: promise.start).deadline) == due)
  }

  @Test func aHalfDayEndsAtItsOwnClosing() throws {
    let half = DayRule(pattern: .date(day("2026-03-30")), label: "Puente", hours: hours("09:00-12:00"))
    let desk = try Desk(days: [half])
    for (plazo, due) in [("1d", "2026-03-30 12:00"), ("2d", "2026-03-31 19:00"), ("12h", "2026-03-31 10:00")] {
      let promise = try desk.promise(plazo, "2026-03-27 09:00")
      #expect(desk.text(desk.timeline.judge(promise, at: promise.start).deadline) == due)
    }
  }

  @Test func naturalDaysAreWorkingDaysOfACalendarThatIsAlwaysOpen() throws {
    let zone = try systemZone(mexico)
    let line = try Timeline(.always(zone: mexico), zone: zone, from: day("2026-01-01"), through: day("2026-12-31"))
    for (text, due) in [("0d", "2026-03-28 00:00:00"), ("1d", "2026-03-29 00:00:00"), ("3d", "2026-03-31 00:00:00")] {
      let promise = try line.promise(plazo(text), from: at("2026-03-27 10:00", zone))
      #expect(line.judge(promise, at: promise.start).deadline?.localText(in: zone) == due)
    }
  }

  @Test func aBudgetIsWorkingTime() throws {
    let desk = try Desk()
    #expect(try desk.promise("6h", "2026-03-27 12:00").budget == 21_600)
    #expect(try desk.promise("1d", "2026-03-27 18:00").budget == 9 * 3600)
    #expect(try desk.promise("1d", "2026-03-28 12:00").budget == 8 * 3600)
    #expect(try desk.promise("6h", "2026-03-27 12:00").nearUsed == 17_280)
    #expect(try desk.promise("0h", "2026-03-27 12:00").nearUsed == nil)
  }

  @Test(arguments: [
    ("6h", "2026-12-31 17:00"), ("1d", "2026-12-31 10:00"), ("0d", "2026-12-31 19:00"), ("1h", "2025-12-31 10:00"),
    ("1h", "2027-01-01 10:00"), ("9999d", "2026-03-27 10:00"), ("99999h", "2026-03-27 10:00"),
  ])
  func whatLiesBeyondTheDatesCoveredIsAnError(plazo: String, start: String) throws {
    let desk = try Desk()
    #expect(throws: CalendarError.beyondHorizon(from: day("2026-01-01"), through: day("2026-12-31"))) {
      try desk.promise(plazo, start)
    }
  }

  @Test func theLastClosingCoveredIsNotBeyond() throws {
    let desk = try Desk()
    let promise = try desk.promise("3h", "2026-12-31 15:00")
    #expect(desk.text(desk.timeline.judge(promise, at: promise.start).deadline) == "2026-12-31 19:00")
    #expect(throws: CalendarError.self) { try desk.promise("3h1s", "2026-12-31 15:00") }
  }

  @Test(arguments: [
    // In closed hours, on a day off, before the start.
    ("2026-03-27 21:30", 2), ("2026-03-29 12:00", 2), ("2026-03-27 17:00", 0), ("2026-03-20 12:00", 0),
    ("2026-03-30 10:00", 3),
  ])
  func aTargetFromOutsideHoldsToTheSecond(target: String, hours: Seconds) throws {
    let desk = try Desk()
    let promise = desk.timeline.promise(target: desk(target), from: desk("2026-03-27 17:00"))
    #expect(promise.budget == hours * 3600)
    let due = desk(target)
    #expect(desk.timeline.judge(promise, at: due).deadline == due)
    #expect(desk.timeline.judge(promise, at: due).situation != .late)
    #expect(desk.timeline.judge(promise, at: due + 1).situation == .late)
  }
}
