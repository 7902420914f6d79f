import Reports
import SLA
import Testing

@Suite struct PeriodTests {
  /// Saturday, 28 March 2026 at 5:59:59 in Mexico City, where it is Friday in no zone any more but still in that one.
  static let asOf = Instant(iso8601: "2026-03-28T05:59:59Z", in: .utc)!

  @Test(arguments: [
    ("today", "2026-03-27", "2026-03-28"),
    ("yesterday", "2026-03-26", "2026-03-27"),
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
    "26", "2026-w13", "2026-W1", "2026-", "-026", "٢٠٢٦",
  ])
  func isRefused(_ text: String) { #expect(Period(text, asOf: Self.asOf, in: OfficeDesk.zone) == nil) }

  @Test func aJanuaryLooksBackIntoTheYearBefore() throws {
    let asOf = OfficeDesk.instant("2026-01-10T12:00")
    let period = try #require(Period("last-month", asOf: asOf, in: OfficeDesk.zone))
    #expect(period == Period("2025-12", asOf: asOf, in: OfficeDesk.zone))
  }
}
