/// A date of the Gregorian calendar, without a zone. It knows how to count days, and nothing of hours.
public struct LocalDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01, negative before it.
  public var dayNumber: Int

  public init(dayNumber: Int) { self.dayNumber = dayNumber }

  /// The date with these parts, or `nil` when there is none, such as 31 February.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), (1...31).contains(day), (-9999...9999).contains(year) else { return nil }
    self.init(unchecked: year, month, day)
    guard self.parts == (year, month, day) else { return nil }
  }

  /// The date written `2026-03-27`, and nothing else.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 45, bytes[7] == 45 else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 48)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// The date that lies in the local seconds since 1970-01-01 00:00.
  public init(localSeconds: Int64) { self.init(dayNumber: Int(floorDivide(localSeconds, 86_400))) }

  // The day count goes by years that begin in March, so that a leap day ends one.
  // Source: Howard Hinnant, «chrono-Compatible Low-Level Date Algorithms».
  private init(unchecked year: Int, _ month: Int, _ day: Int) {
    let year = month <= 2 ? year - 1 : year
    let era = Int(floorDivide(Int64(year), 400))
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(dayNumber: era * 146_097 + dayOfEra - 719_468)
  }

  public var parts: (year: Int, month: Int, day: Int) {
    let shifted = dayNumber + 719_468
    let era = Int(floorDivide(Int64(shifted), 146_097))
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }

  public var year: Int { parts.year }
  public var month: Int { parts.month }
  public var day: Int { parts.day }
  public var weekday: Weekday { Weekday(rawValue: Int(floorModulo(Int64(dayNumber) + 3, 7)))! }

  /// Midnight of this date as local seconds since 1970-01-01 00:00: a reading of a wall clock, not an instant.
  public var localSeconds: Int64 { Int64(dayNumber) * 86_400 }

  /// The date so many days later, or earlier when negative.
  public func adding(days: Int) -> LocalDate { LocalDate(dayNumber: dayNumber + days) }
  public static func < (left: LocalDate, right: LocalDate) -> Bool { left.dayNumber < right.dayNumber }

  /// `2026-03-27`.
  public var description: String {
    let (year, month, day) = parts
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

/// A day of the week, Monday first as ISO 8601 counts them.
public enum Weekday: Int, CaseIterable, Sendable, Comparable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  /// The key of the day in configuration files: `mon` to `sun`.
  public var key: String { ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][rawValue] }
  public init?(key: String) {
    guard let day = Self.allCases.first(where: { $0.key == key }) else { return nil }
    self = day
  }
  public static func < (left: Weekday, right: Weekday) -> Bool { left.rawValue < right.rawValue }
}

@inlinable func floorDivide(_ value: Int64, _ by: Int64) -> Int64 {
  let quotient = value / by
  return value % by < 0 ? quotient - 1 : quotient
}

@inlinable func floorModulo(_ value: Int64, _ by: Int64) -> Int64 {
  let rest = value % by
  return rest < 0 ? rest + by : rest
}

func padded(_ value: Int, _ width: Int) -> String {
  let text = String(value.magnitude)
  return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - text.count)) + text
}
