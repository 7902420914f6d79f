/// A day of any year, such as 25 December.
public struct MonthDay: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// 1 to 12.
  public var month: Int
  /// 1 to 31.
  public var day: Int

  public init(month: Int, day: Int) {
    self.month = month
    self.day = day
  }

  public static func < (left: MonthDay, right: MonthDay) -> Bool {
    (left.month, left.day) < (right.month, right.day)
  }

  /// `12-25`.
  public var description: String { "\(padded(month, 2))-\(padded(day, 2))" }
}

/// The dates to which a dated rule applies. A pattern that names no date, such as 30 February, simply never applies.
public enum DayPattern: Hashable, Sendable {
  case date(LocalDate)
  /// Both dates are included.
  case span(LocalDate, LocalDate)
  /// 29 February applies in leap years only.
  case yearly(month: Int, day: Int)
  /// Both days are included. A span that ends on an earlier day than it begins crosses New Year.
  case yearlySpan(from: MonthDay, to: MonthDay)
  /// The first (1) to fifth (5) such weekday of a month, or its last (-1).
  case nthWeekday(Int, Weekday, month: Int)
  /// So many days after Easter Sunday, or before it when negative: Good Friday is -2.
  case easter(offset: Int)

  /// Whether the pattern names the date.
  public func matches(_ date: LocalDate) -> Bool {
    switch self {
    case .date(let only): return date == only
    case .span(let first, let last): return first <= date && date <= last
    case .yearly(let month, let day):
      let parts = date.parts
      return parts.month == month && parts.day == day
    case .yearlySpan(let first, let last):
      let parts = date.parts
      let day = MonthDay(month: parts.month, day: parts.day)
      return first <= last ? first <= day && day <= last : first <= day || day <= last
    case .nthWeekday(let count, let weekday, let month):
      let parts = date.parts
      guard parts.month == month, date.weekday == weekday else { return false }
      return count == -1 ? date.adding(days: 7).month != month : (parts.day + 6) / 7 == count
    case .easter(let offset):
      let sunday = date.adding(days: -offset)
      return Self.easterSunday(sunday.year) == sunday
    }
  }

  /// The dates of a calendar year to which the pattern applies, ascending. A span across New Year gives the days at
  /// both ends of the year.
  public func dates(in year: Int) -> [LocalDate] {
    guard let newYear = LocalDate(year: year, month: 1, day: 1), let last = LocalDate(year: year, month: 12, day: 31)
    else { return [] }
    switch self {
    case .date(let only): return only.year == year ? [only] : []
    case .span(let first, let end): return Self.dates(max(first, newYear), min(end, last))
    case .yearly(let month, let day): return LocalDate(year: year, month: month, day: day).map { [$0] } ?? []
    case .yearlySpan: return Self.dates(newYear, last).filter(matches)
    case .nthWeekday(_, _, let month):
      guard let first = LocalDate(year: year, month: month, day: 1) else { return [] }
      return (0..<31).map { first.adding(days: $0) }.filter(matches)
    case .easter(let offset):
      let years = newYear.adding(days: -offset).year...last.adding(days: -offset).year
      return years.compactMap { Self.easterSunday($0)?.adding(days: offset) }.filter { $0.year == year }
    }
  }

  /// Easter Sunday of a Gregorian year.
  ///
  /// - Source: the anonymous algorithm of *Nature*, 20 April 1876, as in Meeus, «Astronomical Algorithms», chapter 8.
  static func easterSunday(_ year: Int) -> LocalDate? {
    let century = year / 100
    let moon = (19 * (year % 19) + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30
    let weekday = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - moon - year % 4) % 7
    let shift = (year % 19 + 11 * moon + 22 * weekday) / 451
    let day = moon + weekday - 7 * shift + 114
    return LocalDate(year: year, month: day / 31, day: day % 31 + 1)
  }

  private static func dates(_ first: LocalDate, _ last: LocalDate) -> [LocalDate] {
    first <= last ? (first.dayNumber...last.dayNumber).map(LocalDate.init(dayNumber:)) : []
  }
}

extension DayPattern: CustomStringConvertible {
  /// `2026-12-24`, `2026-12-24/2027-01-02`, `12-25`, `12-24/01-02`, `mon#1/02`, `fri#-1/11`, `easter-2`.
  public var description: String {
    switch self {
    case .date(let date): "\(date)"
    case .span(let first, let last): "\(first)/\(last)"
    case .yearly(let month, let day): "\(MonthDay(month: month, day: day))"
    case .yearlySpan(let first, let last): "\(first)/\(last)"
    case .nthWeekday(let count, let weekday, let month): "\(weekday.key)#\(count)/\(padded(month, 2))"
    case .easter(let offset): offset < 0 ? "easter\(offset)" : "easter+\(offset)"
    }
  }
}
