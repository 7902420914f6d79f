import SLA
import Testing

@Suite struct TimelineTests {
  @Test(arguments: [
    ("2026-03-27 08:59:59", 0), ("2026-03-27 09:00", 0), ("2026-03-27 09:00:01", 1), ("2026-03-27 14:00", 18_000),
    ("2026-03-27 15:00", 18_000), ("2026-03-27 16:00:01", 18_001), ("2026-03-27 19:00", 28_800),
    ("2026-03-29 12:00", 28_800), ("2026-03-30 10:00", 32_400),
    // Before and after the dates covered the sum stays what it is at their ends.
    ("2020-01-01 12:00", 0), ("2026-03-31 00:00", 57_600), ("2030-01-01 12:00", 57_600),
  ])
  func sumsWorkingTime(instant: String, seconds: Seconds) throws {
    let desk = try Desk(from: "2026-03-27", through: "2026-03-30")
    #expect(desk.timeline.workedSeconds(until: desk(instant)) == seconds)
  }

  @Test(arguments: [
    (1, "2026-03-27 09:00:01"), (17_999, "2026-03-27 13:59:59"), (18_000, "2026-03-27 14:00:00"),
    (18_001, "2026-03-27 16:00:01"), (28_800, "2026-03-27 19:00:00"), (28_801, "2026-03-30 09:00:01"),
    (57_600, "2026-03-30 19:00:00"), (0, "2026-03-27 00:00:00"), (-5, "2026-03-27 00:00:00"),
  ])
  func reachesASumAtTheEarliestInstant(seconds: Seconds, instant: String) throws {
    let desk = try Desk(from: "2026-03-27", through: "2026-03-30")
    #expect(desk.timeline.instant(whenWorked: seconds)?.localText(in: desk.zone) == instant)
  }

  @Test func nothingIsReachedBeyondTheHorizon() throws {
    let desk = try Desk(from: "2026-03-27", through: "2026-03-30")
    #expect(desk.timeline.instant(whenWorked: 57_601) == nil)
    #expect(desk.timeline.instant(whenWorked: .max) == nil)
    #expect(desk.timeline.covers == (day("2026-03-27"), day("2026-03-30")))
    #expect(desk.timeline.horizon == desk("2026-03-31"))
  }

  @Test func anOpeningIncludesItsStartAndExcludesItsEnd() throws {
    let desk = try Desk()
    for (instant, isOpen) in [
      ("2026-03-27 08:59:59", false), ("2026-03-27 09:00", true), ("2026-03-27 13:59:59", true),
      ("2026-03-27 14:00", false), ("2026-03-28 10:00", false), ("2027-01-01 10:00", false),
    ] {
      #expect(desk.timeline.isOpen(at: desk(instant)) == isOpen, "\(instant)")
    }
  }

  @Test func findsTheNextOpeningAndClosing() throws {
    let desk = try Desk()
    let line = desk.timeline
    #expect(line.nextOpening(after: desk("2026-03-27 08:59:59")) == desk("2026-03-27 09:00"))
    #expect(line.nextOpening(after: desk("2026-03-27 09:00")) == desk("2026-03-27 16:00"))
    #expect(line.nextOpening(after: desk("2026-03-27 17:00")) == desk("2026-03-30 09:00"))
    #expect(line.nextClosing(after: desk("2026-03-27 13:59:59")) == desk("2026-03-27 14:00"))
    #expect(line.nextClosing(after: desk("2026-03-27 14:00")) == desk("2026-03-27 19:00"))
    #expect(line.nextOpening(after: desk("2026-12-31 17:00")) == nil)
    #expect(line.nextClosing(after: desk("2026-12-31 19:00")) == nil)
  }

  @Test(arguments: [
    (1, "2026-03-26", "2026-03-27 19:00"), (1, "2026-03-27", "2026-03-30 19:00"), (1, "2026-03-28", "2026-03-30 19:00"),
    (2, "2026-03-31", "2026-04-06 19:00"), (5, "2026-03-30", "2026-04-08 19:00"),
    (1, "2025-12-31", "2026-01-01 19:00"), (1, "2025-12-30", nil), (1, "2026-12-31", nil), (400, "2026-03-30", nil),
  ])
  func findsTheClosingOfTheNthWorkingDay(n: Int, after date: String, closing: String?) throws {
    let desk = try Desk(days: [easterWeek2026])
    #expect(desk.text(desk.timeline.closing(ofWorkingDay: n, after: day(date))) == closing)
  }

  @Test func daysWithoutAHoleAreOneOpeningThatNeverCloses() throws {
    let zone = try systemZone("Europe/Madrid")
    let line = try Timeline(
      .always(zone: zone.name), zone: zone, from: day("2026-01-01"), through: day("2026-12-31"))
    #expect(line.openingCount == 1)
    #expect(line.nextClosing(after: at("2026-06-01", zone)) == nil)
    #expect(line.nextOpening(after: at("2026-06-01", zone)) == nil)
    #expect(line.workedSeconds(until: at("2027-01-01", zone)) == 365 * 86_400)
    #expect(line.closing(ofWorkingDay: 1, after: day("2026-06-01")) == at("2026-06-03", zone))
    #expect(line.closing(ofWorkingDay: 1, after: day("2026-12-30")) == at("2027-01-01", zone))
  }

  @Test func instantsAtTheEndsOfTimeDoNoHarm() throws {
    let line = try Desk().timeline
    let (first, last) = (Instant(.min), Instant(.max))
    #expect(line.workedSeconds(until: first) == 0)
    #expect(line.workedSeconds(until: last) == line.workedSeconds(until: line.horizon))
    #expect(!line.isOpen(at: first) && !line.isOpen(at: last))
    #expect(line.nextOpening(after: first) != nil && line.nextOpening(after: last) == nil)
    #expect(line.instant(whenWorked: .min) == line.instant(whenWorked: 0))
    let promise = line.promise(target: at("9999-12-31", .utc), from: line.horizon - 86_400)
    #expect(line.judge(promise, at: line.horizon).situation == .nearDue)
    #expect(throws: CalendarError.self) { try line.promise(.workingTime(.max), from: line.horizon - 86_400) }
  }

  @Test func aCalendarOfUnevenOpeningsIsSearchedRight() throws {
    // Every minute of one day, and then single hours years apart.
    let minutes = (0..<720).map { Hours(opens: $0 * 120, closes: $0 * 120 + 60) }
    var days = [DayRule(pattern: .date(day("2026-03-23")), label: "", hours: minutes, isOverride: true)]
    days.append(
      DayRule(pattern: .yearly(month: 7, day: 1), label: "", hours: hours("09:00-10:00"), isOverride: true))
    let desk = try Desk(mexico, [:], days: days, from: "2020-01-01", through: "2035-12-31")
    #expect(desk.timeline.openingCount == 720 + 16)
    let noon = desk("2026-03-23 12:00")
    #expect(desk.timeline.workedSeconds(until: noon) == 6 * 3600 + 360 * 60)
    #expect(desk.timeline.instant(whenWorked: 6 * 3600 + 360 * 60) == noon - 60)
    #expect(desk.timeline.nextOpening(after: noon) == noon + 120)
    #expect(desk.timeline.nextOpening(after: noon - 1) == noon)
    #expect(desk.timeline.nextClosing(after: desk("2030-01-01")) == desk("2030-07-01 10:00"))
    #expect(desk.timeline.workedSeconds(until: desk("2035-12-31")) == 16 * 3600 + 720 * 60)
  }

  @Test func aCalendarThatNeverOpensIsRefused() throws {
    let zone = try systemZone(mexico)
    #expect(throws: CalendarError.neverOpens(from: day("2026-01-01"))) {
      try Timeline(
        CalendarDefinition(zone: mexico, weekly: [:]), zone: zone, from: day("2026-01-01"), through: day("2026-12-31"))
    }
    let closure = DayRule(pattern: .span(day("2020-01-01"), day("2050-12-31")), label: "Cierre definitivo")
    #expect(throws: CalendarError.neverOpens(from: day("2026-01-01"))) { try Desk(days: [closure]) }
    // Closed for the dates covered, though not for ten years.
    let pause = DayRule(pattern: .span(day("2020-01-01"), day("2027-12-31")), label: "Obras")
    #expect(try Desk(days: [pause]).timeline.openingCount == 0)
  }

  @Test func aClosureOfThreeMonthsIsCrossed() throws {
    let closure = DayRule(pattern: .span(day("2026-04-01"), day("2026-06-30")), label: "Obras")
    let desk = try Desk(days: [closure])
    let promise = try desk.promise("9h", "2026-03-31 09:00")
    #expect(desk.text(desk.timeline.judge(promise, at: promise.start).deadline) == "2026-07-01 10:00")
    #expect(desk.text(desk.timeline.closing(ofWorkingDay: 1, after: day("2026-03-31"))) == "2026-07-01 19:00")
  }
}

@Suite struct WorkPastMidnightTests {
  private let nights = week(hours("22:00-30:00"))
  private let tuesdayOff = DayRule(pattern: .date(day("2026-03-24")), label: "Día del santo")

  @Test func theNightBeforeAHolidayStillRuns() throws {
    let desk = try Desk(mexico, nights, days: [tuesdayOff])
    #expect(desk.timeline.isOpen(at: desk("2026-03-24 05:59:59")))
    #expect(!desk.timeline.isOpen(at: desk("2026-03-24 06:00")))
    #expect(!desk.timeline.isOpen(at: desk("2026-03-24 23:00")))
    #expect(desk.timeline.isOpen(at: desk("2026-03-28 03:00")), "Friday's night ends on Saturday")
  }

  @Test func itsEndIsTheClosingOfTheDateOnWhichItOpened() throws {
    let desk = try Desk(mexico, nights, days: [tuesdayOff])
    #expect(desk.text(desk.timeline.closing(ofWorkingDay: 1, after: day("2026-03-22"))) == "2026-03-24 06:00")
    #expect(desk.text(desk.timeline.closing(ofWorkingDay: 2, after: day("2026-03-22"))) == "2026-03-26 06:00")
  }

  @Test func itUnitesWithTheNextDaysHours() throws {
    let desk = try Desk(mexico, week(hours("05:00-08:00", "22:00-30:00")))
    #expect(desk.timeline.nextClosing(after: desk("2026-03-24 00:00")) == desk("2026-03-24 08:00"))
    #expect(
      desk.timeline.workedSeconds(until: desk("2026-03-24 12:00"))
        - desk.timeline.workedSeconds(until: desk("2026-03-23 12:00")) == 10 * 3600)
    // A closing inside of a longer opening is a closing all the same.
    #expect(desk.timeline.closing(ofWorkingDay: 1, after: day("2026-03-22")) == desk("2026-03-24 06:00"))
    let promise = try desk.promise("1d", "2026-03-22 12:00")
    #expect(desk.timeline.judge(promise, at: promise.start).deadline == desk("2026-03-24 06:00"))
  }

  @Test func theNightThatCameBeforeTheDatesCoveredCounts() throws {
    let desk = try Desk(mexico, nights, from: "2026-03-24", through: "2026-03-25")
    #expect(desk.timeline.isOpen(at: desk("2026-03-24 01:00")))
    #expect(desk.timeline.workedSeconds(until: desk("2026-03-24 12:00")) == 6 * 3600)
    // The last night is cut at the horizon, and its closing is not claimed.
    #expect(desk.timeline.workedSeconds(until: desk("2026-03-27 12:00")) == (6 + 8 + 2) * 3600)
    #expect(desk.timeline.closing(ofWorkingDay: 1, after: day("2026-03-24")) == nil)
  }
}
