import SLA
import Testing

@Suite struct DayPatternTests {
  @Test(arguments: [
    (DayPattern.date(day("2026-12-24")), 2026, ["2026-12-24"]),
    (.date(day("2026-12-24")), 2027, []),
    (.span(day("2025-12-30"), day("2026-01-02")), 2025, ["2025-12-30", "2025-12-31"]),
    (.span(day("2025-12-30"), day("2026-01-02")), 2026, ["2026-01-01", "2026-01-02"]),
    (.span(day("2026-01-02"), day("2025-12-30")), 2026, []),
    (.yearly(month: 12, day: 25), 2030, ["2030-12-25"]),
    (.yearly(month: 2, day: 29), 2027, []),
    (.yearly(month: 2, day: 29), 2028, ["2028-02-29"]),
    (.yearly(month: 2, day: 30), 2028, []),
    (
      .yearlySpan(from: MonthDay(month: 12, day: 30), to: MonthDay(month: 1, day: 2)), 2026,
      ["2026-01-01", "2026-01-02", "2026-12-30", "2026-12-31"]
    ),
    (
      .yearlySpan(from: MonthDay(month: 2, day: 28), to: MonthDay(month: 3, day: 1)), 2028,
      ["2028-02-28", "2028-02-29", "2028-03-01"]
    ),
    (.yearlySpan(from: MonthDay(month: 5, day: 1), to: MonthDay(month: 5, day: 1)), 2026, ["2026-05-01"]),
    // Mexico's Constitution Day, and days that a month may lack.
    (.nthWeekday(1, .monday, month: 2), 2026, ["2026-02-02"]),
    (.nthWeekday(3, .monday, month: 3), 2026, ["2026-03-16"]),
    (.nthWeekday(5, .friday, month: 2), 2026, []),
    (.nthWeekday(5, .saturday, month: 2), 2020, ["2020-02-29"]),
    (.nthWeekday(-1, .monday, month: 5), 2026, ["2026-05-25"]),
    (.nthWeekday(-1, .sunday, month: 5), 2026, ["2026-05-31"]),
    (.nthWeekday(-1, .thursday, month: 12), 2026, ["2026-12-31"]),
    (.easter(offset: 0), 2026, ["2026-04-05"]),
    (.easter(offset: -2), 2026, ["2026-04-03"]),
    (.easter(offset: 60), 2026, ["2026-06-04"]),
    // An offset that leaves the year of Easter.
    (.easter(offset: 280), 2027, ["2027-01-10"]),
    (.easter(offset: 280), 2026, ["2026-01-25"]),
  ])
  func namesTheDatesOfAYear(pattern: DayPattern, year: Int, dates: [String]) {
    #expect(pattern.dates(in: year).map(\.description) == dates, "\(pattern)")
  }

  // Easter Sundays as the astronomical tables of the U.S. Naval Observatory list them.
  @Test(arguments: [
    (2000, "04-23"), (2008, "03-23"), (2011, "04-24"), (2019, "04-21"), (2024, "03-31"), (2025, "04-20"),
    (2027, "03-28"), (2030, "04-21"), (2035, "03-25"), (2038, "04-25"), (1818, "03-22"), (1954, "04-18"),
    (1981, "04-19"), (2049, "04-18"), (2285, "03-22"),
  ])
  func knowsEaster(year: Int, date: String) {
    #expect(DayPattern.easter(offset: 0).dates(in: year).map(\.description) == ["\(year)-\(date)"])
  }

  @Test(arguments: [
    DayPattern.date(day("2024-02-29")), .span(day("2023-12-20"), day("2025-01-06")), .yearly(month: 2, day: 29),
    .yearlySpan(from: MonthDay(month: 12, day: 24), to: MonthDay(month: 1, day: 6)),
    .yearlySpan(from: MonthDay(month: 2, day: 29), to: MonthDay(month: 3, day: 2)), .nthWeekday(2, .tuesday, month: 2),
    .nthWeekday(-1, .friday, month: 11), .nthWeekday(5, .sunday, month: 6), .easter(offset: -2), .easter(offset: 300),
    .easter(offset: -200),
  ])
  func matchesExactlyTheDatesItNames(pattern: DayPattern) {
    for year in 2023...2026 {
      let named = Set(pattern.dates(in: year))
      for number in day("\(year)-01-01").dayNumber...day("\(year)-12-31").dayNumber {
        let date = LocalDate(dayNumber: number)
        #expect(pattern.matches(date) == named.contains(date), "\(pattern) on \(date)")
      }
    }
  }
}
