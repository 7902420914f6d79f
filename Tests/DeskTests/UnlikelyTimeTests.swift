import Desk
import SLA
import Testing

/// Office hours Monday to Friday from nine to six; on Saturday night a shift until six in the morning. UTC.
@Suite struct UnlikelyTimeTests {
  private static let calendar: CalendarDefinition = {
    let office = [Hours("09:00-18:00")!]
    var weekly: [Weekday: [Hours]] = [.saturday: [Hours("22:00-30:00")!]]
    for day in [Weekday.monday, .tuesday, .wednesday, .thursday, .friday] { weekly[day] = office }
    return CalendarDefinition(
      zone: "UTC", weekly: weekly, days: [DayRule(pattern: .date(LocalDate("2026-03-24")!), label: "Fiesta")])
  }()

  private func marks(
    _ day: String, at time: String? = nil, _ seconds: Seconds = 3600, ofTheDay: Seconds? = nil
  ) -> [UnlikelyTime] {
    UnlikelyTime.marks(
      day: LocalDate(day)!, startedAt: time.map { Instant(iso8601: "\(day)T\($0)Z", in: .utc)! }, seconds: seconds,
      ofTheDay: ofTheDay ?? seconds, calendar: Self.calendar, zone: .utc)
  }

  @Test(arguments: [(seconds: 43_199 as Seconds, isLong: false), (43_200, false), (43_201, true)])
  func aDayOfMoreThanTwelveHours(seconds: Seconds, isLong: Bool) {
    #expect(marks("2026-03-25", ofTheDay: seconds) == (isLong ? [.longDay] : []))
  }

  @Test(
    arguments: [
      ("2026-03-23", []), ("2026-03-24", [.closedDay]), ("2026-03-25", []), ("2026-03-28", []),
      ("2026-03-29", [.closedDay]),
    ] as [(String, [UnlikelyTime])])
  func aDayOnWhichTheCalendarIsClosed(day: String, expected: [UnlikelyTime]) {
    #expect(marks(day) == expected)
  }

  @Test(
    arguments: [
      ("2026-03-25", "21:00:00", 3600, []), ("2026-03-25", "21:00:00", 3601, [.night]),
      ("2026-03-25", "22:00:00", 60, [.night]), ("2026-03-25", "05:59:59", 1, [.night]),
      ("2026-03-25", "06:00:00", 3600, []), ("2026-03-25", "09:00:00", 32_400, []),
      // Within the night shift nothing is unlikely, nor on the Sunday that it reaches into.
      ("2026-03-28", "22:00:00", 28_800, []), ("2026-03-28", "21:59:59", 2, []),
      ("2026-03-29", "01:00:00", 3600, []), ("2026-03-29", "05:00:00", 3601, [.closedDay]),
      ("2026-03-28", "01:00:00", 3600, [.night]),
    ] as [(String, String, Seconds, [UnlikelyTime])])
  func theNightOutsideOfTheHours(day: String, start: String, seconds: Seconds, expected: [UnlikelyTime]) {
    #expect(marks(day, at: start, seconds) == expected)
  }
}

@Suite struct SpentTimeTests {
  @Test(
    arguments: [
      ("1h30", 5400), ("1h30m", 5400), ("90m", 5400), ("2h", 7200), ("1.5", 5400), ("1,5", 5400), ("0,25", 900),
      ("1:30", 5400), ("01:30:15", 5415), ("24", 86_400), ("0", 0), ("45s", 45), ("100:00", 360_000), ("1", 3600),
      ("0h", 0),
    ] as [(String, Seconds)])
  func reads(text: String, seconds: Seconds) { #expect(SpentTime.seconds(text) == seconds) }

  @Test(arguments: [
    "", " ", "-1", "+1", "1e3", "inf", "nan", "0x10", "1.2.3", "1,2,3", ".5", "5.", "1h30m20", "h30", "1d", "1:60",
    "1:5",
    "1:30:60", ":30", "1h-3", "99999999999999999", "1 h", "１",
    // More seconds than there are numbers for.
    "9999999999999990", "999999999999.9", "9999999999999999",
  ])
  func readsNothingElse(text: String) { #expect(SpentTime.seconds(text) == nil) }

  @Test func aNumberAloneCountsItsUnit() {
    #expect(SpentTime.seconds("90", unit: .minutes) == 5400)
    #expect(SpentTime.seconds("5400", unit: .seconds) == 5400)
    #expect(SpentTime.seconds("1h30", unit: .minutes) == 5400)
    #expect(SpentTime.seconds("7.5", unit: .minutes) == 450)
  }
}
