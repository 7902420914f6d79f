/// The rule at the end of a TZif file, such as `CST6CDT,M3.2.0,M11.1.0`, that holds for all later years.
///
/// - Source: POSIX.1-2017, chapter 8.3 (`TZ`), with the hours from -167 to 167 of RFC 8536 §3.3.1.
struct PosixZoneRule {
  let standardOffset: Int64
  private var daylight: Daylight?

  private struct Daylight {
    let offset: Int64
    let start: Day
    let end: Day
  }

  private enum Form {
    /// Day 1 to 365, 29 February never counted.
    case julian(Int)
    /// Day 0 to 365, 29 February counted.
    case zeroBased(Int)
    /// The n-th weekday (Sunday 0) of a month, 5 being the last.
    case weekday(month: Int, week: Int, day: Int)
  }

  private struct Day {
    let form: Form
    /// Seconds after local midnight, by the clock in force before the change.
    let time: Int64

    func date(in year: Int) -> LocalDate {
      let newYear = LocalDate(year: year, month: 1, day: 1)!
      switch form {
      case .julian(let day):
        let isLeap = LocalDate(year: year, month: 2, day: 29) != nil
        return newYear.adding(days: day - 1 + (isLeap && day >= 60 ? 1 : 0))
      case .zeroBased(let day): return newYear.adding(days: day)
      case .weekday(let month, let week, let day):
        let first = LocalDate(year: year, month: month, day: 1)!
        let sundayBased = (first.weekday.rawValue + 1) % 7
        var date = first.adding(days: (day - sundayBased + 7) % 7 + (week - 1) * 7)
        while date.month != month { date = date.adding(days: -7) }
        return date
      }
    }
  }

  /// `nil` for an empty rule: the last listed offset then holds for ever.
  init?(_ text: String, zone: String) throws(ZoneError) {
    if text.isEmpty { return nil }
    var scanner = RuleScanner(text: Array(text.utf8))
    let failure = ZoneError.unreadable(zone: zone, reason: "its rule '\(text)' is not one of POSIX")
    guard scanner.skipName(), let west = scanner.time() else { throw failure }
    standardOffset = -west
    if scanner.isAtEnd { return }
    guard scanner.skipName() else { throw failure }
    var offset = standardOffset + 3600
    if !scanner.isNext(",") {
      guard let west = scanner.time() else { throw failure }
      offset = -west
    }
    guard let start = Self.day(&scanner), let end = Self.day(&scanner), scanner.isAtEnd else { throw failure }
    daylight = Daylight(offset: offset, start: start, end: end)
  }

  /// The instants of a year at which the offset changes, ascending, with the offset from then on.
  func changes(in year: Int) -> [(Int64, Int64)] {
    guard let daylight else { return [] }
    let start = daylight.start.date(in: year).localSeconds + daylight.start.time - standardOffset
    let end = daylight.end.date(in: year).localSeconds + daylight.end.time - daylight.offset
    return [(start, daylight.offset), (end, standardOffset)].sorted { $0.0 < $1.0 }
  }

  private static func day(_ scanner: inout RuleScanner) -> Day? {
    guard scanner.take(",") else { return nil }
    let form: Form
    if scanner.take("M") {
      guard let month = scanner.number(1...12), scanner.take("."), let week = scanner.number(1...5), scanner.take("."),
        let day = scanner.number(0...6)
      else { return nil }
      form = .weekday(month: month, week: week, day: day)
    } else if scanner.take("J") {
      guard let day = scanner.number(1...365) else { return nil }
      form = .julian(day)
    } else {
      guard let day = scanner.number(0...365) else { return nil }
      form = .zeroBased(day)
    }
    guard scanner.take("/") else { return Day(form: form, time: 7200) }
    return scanner.time().map { Day(form: form, time: $0) }
  }
}

private struct RuleScanner {
  let text: [UInt8]
  var position = 0

  var isAtEnd: Bool { position == text.count }
  func isNext(_ character: Character) -> Bool { !isAtEnd && text[position] == character.asciiValue }

  mutating func take(_ character: Character) -> Bool {
    guard isNext(character) else { return false }
    position += 1
    return true
  }

  /// An abbreviation: three letters or more, or anything between angle brackets.
  mutating func skipName() -> Bool {
    let start = position
    if take("<") {
      while !isAtEnd, !isNext(">") { position += 1 }
      return take(">")
    }
    while !isAtEnd, Character(UnicodeScalar(text[position])).isLetter { position += 1 }
    return position - start >= 3
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int? {
    let start = position
    var value = 0
    while !isAtEnd, (48...57).contains(text[position]), position - start < 4 {
      value = value * 10 + Int(text[position] - 48)
      position += 1
    }
    return position > start && range.contains(value) ? value : nil
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  mutating func time() -> Int64? {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard let hours = number(0...167) else { return nil }
    var seconds = Int64(hours) * 3600
    for unit: Int64 in [60, 1] where take(":") {
      guard let part = number(0...59) else { return nil }
      seconds += Int64(part) * unit
    }
    return isNegative ? -seconds : seconds
  }
}
