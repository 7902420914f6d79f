import FoundationEssentials
import Reports
import SLA
import Testing

@Suite struct PeriodTests {
  /// Saturday, 28 March 2026 at 5:59:59 in Mexico City, where it is Friday in no zone any more but still in that one.
  static let asOf = Instant(iso8601: "2026-03-28T05:59:59Z", in: .utc)!

  @Test(arguments: [
    ("today", "2026-03-27", "2026-03-28"),
    ("yesterday", "2026-03-26", "2026-03-27"),
    ("tomorrow", "2026-03-28", "2026-03-29"),
    ("this-year", "2026-01-01", "2027-01-01"),
    ("last-year", "2025-01-01", "2026-01-01"),
    ("last-1-days", "2026-03-26", "2026-03-27"),
    ("last-7-days", "2026-03-20", "2026-03-27"),
    ("last-30-days", "2026-02-25", "2026-03-27"),
    ("2026-Q1", "2026-01-01", "2026-04-01"),
    ("2026-Q4", "2026-10-01", "2027-01-01"),
    ("this-week", "2026-03-23", "2026-03-30"),
    ("last-week", "2026-03-16", "2026-03-23"),
    ("this-month", "2026-03-01", "2026-04-01"),
    ("last-month", "2026-02-01", "2026-03-01"),
    ("2026", "2026-01-01", "2027-01-01"),
    ("2025-12", "2025-12-01", "2026-01-01"),
    ("2026-W01", "2025-12-29", "2026-01-05"),
    ("2026-W13", "2026-03-23", "2026-03-30"),
    ("2026-W53", "2026-12-28", "2027-01-04"),
    ("2024-02-29", "2024-02-29", "2024-03-01"),
  ])
  func beginsAndEndsAtLocalMidnights(_ text: String, _ from: String, _ to: String) throws {
    let period = try #require(Period(text, asOf: Self.asOf, in: OfficeDesk.zone))
    #expect(period.from == OfficeDesk.instant(from))
    #expect(period.to == OfficeDesk.instant(to))
  }

  @Test(arguments: [
    "", "now", "Today", "2026-13", "2026-00", "2026-W00", "2025-W53", "2026-W54", "2026-02-29", "2026-3-27", "20260327",
    "26", "2026-w13", "2026-W1", "2026-", "-026", "٢٠٢٦", "2026-Q0", "2026-Q5", "2026-q1", "last-0-days",
    "last-07-days", "last--days", "last-days",
    "last-7-day", "last-99999-days",
  ])
  func isRefused(_ text: String) { #expect(Period(text, asOf: Self.asOf, in: OfficeDesk.zone) == nil) }

  @Test func aJanuaryLooksBackIntoTheYearBefore() throws {
    let asOf = OfficeDesk.instant("2026-01-10T12:00")
    let period = try #require(Period("last-month", asOf: asOf, in: OfficeDesk.zone))
    #expect(period == Period("2025-12", asOf: asOf, in: OfficeDesk.zone))
  }

  @Test func aLastDateIsIncludedAndAnInstantIsNot() {
    let zone = OfficeDesk.zone
    func period(_ from: String, _ to: String) -> Period? { Period(from: from, to: to, in: zone) }
    #expect(period("2026-03-01", "2026-03-31") == Period("2026-03", asOf: Self.asOf, in: zone))
    #expect(period("2026-03-01", "2026-03-01") == Period("2026-03-01", asOf: Self.asOf, in: zone))
    #expect(
      period("2026-03-01T08:00", "2026-03-01T09:30")
        == Period(from: OfficeDesk.instant("2026-03-01T08:00"), to: OfficeDesk.instant("2026-03-01T09:30")))
    #expect(period("2026-03-01T08:00", "2026-03-01")?.to == OfficeDesk.instant("2026-03-02"))
    #expect(period("2026-03-02", "2026-03-01") == nil)
    #expect(period("2026-03-01T08:00", "2026-03-01T08:00") == nil)
    #expect(period("2026-02-30", "2026-03-01") == nil && period("2026-03-01", "march") == nil)
  }

  @Test(arguments: [
    ("2026-03", "2026-02-01"), ("2026-01", "2025-12-01"), ("2026-Q1", "2025-10-01"), ("2026", "2025-01-01"),
    ("2026-W01", "2025-12-22"), ("2026-03-01", "2026-02-28"), ("last-30-days", "2026-01-26"),
  ])
  func thePeriodBeforeIsAsLongInLocalTime(_ text: String, _ from: String) throws {
    let period = try #require(Period(text, asOf: Self.asOf, in: OfficeDesk.zone))
    #expect(period.before(in: OfficeDesk.zone) == Period(from: OfficeDesk.instant(from), to: period.from))
  }

  /// A week with a clock change is an hour longer or shorter than the one before, and still a week.
  @Test func theWeekBeforeAClockChangeIsAWeek() throws {
    let madrid = try Zone(
      name: "Europe/Madrid", data: [UInt8](FileManager.default.contents(atPath: "/usr/share/zoneinfo/Europe/Madrid")!))
    let week = try #require(Period("2026-W13", asOf: Self.asOf, in: madrid))
    #expect(week.to - week.from == 7 * 86_400 - 3600)
    let before = week.before(in: madrid)
    #expect(before == Period("2026-W12", asOf: Self.asOf, in: madrid) && before.to - before.from == 7 * 86_400)
    let part = Period(from: week.from + 60, to: week.from + 120)
    #expect(part.before(in: madrid) == Period(from: week.from, to: week.from + 60))
  }
}
