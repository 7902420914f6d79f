public import SLA

/// A stretch of local days, given in a word: `last-week`, `2026-03`.
public struct Period: Hashable, Sendable {
  /// The first instant that belongs to it.
  public let from: Instant
  /// The first instant that no longer does.
  public let to: Instant

  public init(from: Instant, to: Instant) {
    self.from = from
    self.to = to
  }

  /// The forms that are understood, for messages.
  public static let legal = """
    today, yesterday, tomorrow, this-week, last-week, this-month, last-month, this-year, last-year, last-7-days, 2026, \
    2026-Q3, 2026-03, 2026-W13 or 2026-03-27
    """

  /// Reads a period by the wall clock of `zone`; weeks begin on Monday, as ISO 8601 has them.
  ///
  /// - Parameter asOf: the instant from which `today` and the like are told.
  /// - Returns: `nil` for what is no period, such as `2026-W54`.
  public init?(_ text: String, asOf: Instant, in zone: Zone) {
    guard let (first, next) = Self.days(text, today: zone.date(at: asOf)) else { return nil }
    from = zone.instant(on: first, secondOfDay: 0)
    to = zone.instant(on: next, secondOfDay: 0)
  }

  static func isLegal(_ text: String) -> Bool { days(text, today: LocalDate(dayNumber: 0)) != nil }

  /// The first day, and the first one after the last.
  static func days(_ text: String, today: LocalDate) -> (LocalDate, LocalDate)? {
    let monday = today.adding(days: -today.weekday.rawValue)
    let (year, month, _) = today.parts
    switch text {
    case "today": return (today, today.adding(days: 1))
    case "yesterday": return (today.adding(days: -1), today)
    case "tomorrow": return (today.adding(days: 1), today.adding(days: 2))
    case "this-week": return (monday, monday.adding(days: 7))
    case "last-week": return (monday.adding(days: -7), monday)
    case "this-month": return self.month(year, month)
    case "last-month": return month == 1 ? self.month(year - 1, 12) : self.month(year, month - 1)
    case "this-year": return self.months(year, 1...12)
    case "last-year": return self.months(year - 1, 1...12)
    default: break
    }
    if let count = lastDays(text) { return (today.adding(days: -count), today) }
    if let date = LocalDate(text) { return (date, date.adding(days: 1)) }
    let bytes = Array(text.utf8)
    guard bytes.count >= 4, let year = number(bytes[0..<4]) else { return nil }
    switch bytes.count {
    case 4: return months(year, 1...12)
    case 7 where bytes[4] == 45 && bytes[5] == 81:
      return number(bytes[6..<7]).flatMap { (1...4).contains($0) ? months(year, $0 * 3 - 2...$0 * 3) : nil }
    case 7 where bytes[4] == 45:
      return number(bytes[5..<7]).flatMap { self.month(year, $0) }
    case 8 where bytes[4] == 45 && bytes[5] == 87:
      return number(bytes[6..<8]).flatMap { week(year, $0) }
    default: return nil
    }
  }

  private static func month(_ year: Int, _ month: Int) -> (LocalDate, LocalDate)? { months(year, month...month) }

  private static func months(_ year: Int, _ months: ClosedRange<Int>) -> (LocalDate, LocalDate)? {
    let last = months.upperBound
    let next = last == 12 ? LocalDate(year: year + 1, month: 1, day: 1) : LocalDate(year: year, month: last + 1, day: 1)
    guard let first = LocalDate(year: year, month: months.lowerBound, day: 1), let next else { return nil }
    return (first, next)
  }

  /// `last-7-days`: whole days, so that the day on which it is asked is not one of them.
  private static func lastDays(_ text: String) -> Int? {
    guard text.hasPrefix("last-"), text.hasSuffix("-days"), text.utf8.count > 10 else { return nil }
    let digits = Array(text.utf8.dropFirst(5).dropLast(5))
    guard digits.count <= 4, digits.first != 48, let count = number(digits[...]), count > 0 else { return nil }
    return count
  }

  /// Week 1 is the one that has 4 January. - Source: ISO 8601.
  private static func week(_ year: Int, _ week: Int) -> (LocalDate, LocalDate)? {
    func firstMonday(_ year: Int) -> LocalDate? {
      LocalDate(year: year, month: 1, day: 4).map { $0.adding(days: -$0.weekday.rawValue) }
    }
    guard week >= 1, let start = firstMonday(year), let end = firstMonday(year + 1) else { return nil }
    let monday = start.adding(days: (week - 1) * 7)
    return monday < end ? (monday, monday.adding(days: 7)) : nil
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for byte in bytes {
      guard (48...57).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    return value
  }
}

extension Period {
  /// What an end of a period may be written as: a date, which the last one includes, or an instant.
  ///
  /// - Returns: `nil` for what is neither, or when the period has no second.
  public init?(from first: String, to last: String, in zone: Zone) {
    func start(_ text: String) -> Instant? {
      if let date = LocalDate(text) { return zone.instant(on: date, secondOfDay: 0) }
      return Instant(iso8601: text, in: zone)
    }
    let end = LocalDate(last).map { zone.instant(on: $0.adding(days: 1), secondOfDay: 0) } ?? start(last)
    guard let from = start(first), let to = end, from < to else { return nil }
    self.init(from: from, to: to)
  }

  /// The period of the same length that ends where this one begins: whole months before whole months, else as many
  /// local days, else as many seconds.
  public func before(in zone: Zone) -> Period {
    let (first, next) = (zone.date(at: from), zone.date(at: to))
    func midnight(_ date: LocalDate) -> Instant { zone.instant(on: date, secondOfDay: 0) }
    guard midnight(first) == from, midnight(next) == to else { return Period(from: from - (to - from), to: from) }
    let (start, end) = (first.parts, next.parts)
    guard start.day == 1, end.day == 1 else {
      return Period(from: midnight(first.adding(days: first.dayNumber - next.dayNumber)), to: from)
    }
    let months = start.year * 12 + start.month - 1
    let earlier = months - (end.year * 12 + end.month - 1 - months)
    return Period(from: midnight(LocalDate(year: earlier / 12, month: earlier % 12 + 1, day: 1) ?? first), to: from)
  }
}
