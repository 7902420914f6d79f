internal import SLA

/// When an event comes again, as far as dates are concerned.
///
/// - Source: RFC 5545 §3.3.10. The parts that choose hours, weeks of the year or days of the year are not read.
struct RecurrenceRule {
  enum Frequency: String {
    case yearly = "YEARLY"
    case monthly = "MONTHLY"
    case weekly = "WEEKLY"
    case daily = "DAILY"
  }

  private var frequency = Frequency.yearly
  private var interval = 1
  private var count: Int?
  private(set) var until: EventTime?
  private var months: Set<Int> = []
  private var monthDays: Set<Int> = []
  private var weekdays: Set<Weekday> = []
  private var nthWeekdays: [(n: Int, day: Weekday)] = []
  private var positions: Set<Int> = []
  private var weekStart = Weekday.monday

  struct Unreadable: Error { let part: String }

  /// - Throws: `Unreadable` with the part of the rule that this reader does not know.
  init(_ text: String) throws(Unreadable) {
    var hasFrequency = false
    for part in text.uppercased().split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2 else { throw Unreadable(part: String(part)) }
      func numbers(_ range: ClosedRange<Int>) throws(Unreadable) -> [Int] {
        let numbers = pair[1].split(separator: ",").map { Int($0) }
        guard numbers.allSatisfy({ $0 != nil && $0 != 0 && range.contains($0!) }), !numbers.isEmpty else {
          throw Unreadable(part: String(part))
        }
        return numbers.compactMap { $0 }
      }
      switch pair[0] {
      case "FREQ":
        guard let known = Frequency(rawValue: pair[1]) else { throw Unreadable(part: String(part)) }
        frequency = known
        hasFrequency = true
      case "INTERVAL": interval = try numbers(1...10_000)[0]
      case "COUNT": count = try numbers(1...1_000_000)[0]
      case "UNTIL":
        guard let time = EventTime(pair[1]) else { throw Unreadable(part: String(part)) }
        until = time
      case "BYMONTH": months = Set(try numbers(1...12))
      case "BYMONTHDAY": monthDays = Set(try numbers(-31...31))
      case "BYSETPOS": positions = Set(try numbers(-366...366))
      case "WKST":
        guard let day = Self.weekday(pair[1][...]) else { throw Unreadable(part: String(part)) }
        weekStart = day
      case "BYDAY":
        for item in pair[1].split(separator: ",") {
          guard let day = Self.weekday(item.suffix(2)) else { throw Unreadable(part: String(part)) }
          let digits = item.dropLast(2)
          if digits.isEmpty {
            weekdays.insert(day)
          } else if let n = Int(digits), n != 0, (-53...53).contains(n) {
            nthWeekdays.append((n, day))
          } else {
            throw Unreadable(part: String(part))
          }
        }
      default: throw Unreadable(part: String(part))
      }
    }
    guard hasFrequency else { throw Unreadable(part: "no FREQ") }
    if !nthWeekdays.isEmpty, frequency == .weekly || frequency == .daily {
      throw Unreadable(part: "a numbered BYDAY with FREQ=\(frequency.rawValue)")
    }
  }

  private static func weekday(_ text: Substring) -> Weekday? {
    ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].firstIndex(of: String(text)).flatMap { Weekday(rawValue: $0) }
  }

  // MARK: Dates

  /// The dates on which the event begins, ascending, to the last one wanted. The first is always its own: it counts
  /// even where the rule does not name it.
  ///
  /// - Parameter isOver: whether an occurrence on this date comes after `UNTIL`.
  func dates(from start: LocalDate, through last: LocalDate, isOver: (LocalDate) -> Bool) -> [LocalDate] {
    let rule = completed(from: start)
    var result = [start]
    guard !isOver(start) else { return [] }
    func take(_ dates: [LocalDate]) -> Bool {
      for date in rule.positioned(dates) where date > start {
        if isOver(date) || date > last || count.map({ result.count >= $0 }) ?? false { return false }
        result.append(date)
      }
      return true
    }
    var period: Int?
    var dates: [LocalDate] = []
    let begin = rule.beginOfPeriod(start)
    guard begin <= last else { return start <= last ? result : [] }
    for number in begin.dayNumber...last.dayNumber {
      let date = LocalDate(dayNumber: number)
      let index = rule.period(of: date, from: start)
      if index != period {
        if !take(dates) { return result.filter { $0 <= last } }
        dates = []
        period = index
      }
      if index % interval == 0, rule.names(date) { dates.append(date) }
    }
    // The last period may go on after the last date, where positions from its end would be other ones.
    var number = last.dayNumber + 1
    while rule.period(of: LocalDate(dayNumber: number), from: start) == period {
      if period! % interval == 0, rule.names(LocalDate(dayNumber: number)) {
        dates.append(LocalDate(dayNumber: number))
      }
      number += 1
    }
    _ = take(dates)
    return result.filter { $0 <= last }
  }

  /// What the rule leaves out it takes from the start.
  private func completed(from start: LocalDate) -> RecurrenceRule {
    var rule = self
    guard monthDays.isEmpty, weekdays.isEmpty, nthWeekdays.isEmpty else { return rule }
    switch frequency {
    case .yearly:
      if months.isEmpty { rule.months = [start.month] }
      rule.monthDays = [start.day]
    case .monthly: rule.monthDays = [start.day]
    case .weekly: rule.weekdays = [start.weekday]
    case .daily: break
    }
    return rule
  }

  private func names(_ date: LocalDate) -> Bool {
    let (_, month, day) = date.parts
    if !months.isEmpty, !months.contains(month) { return false }
    if !monthDays.isEmpty {
      let left = date.daysOfMonth - day + 1
      if !monthDays.contains(day), !monthDays.contains(-left) { return false }
    }
    if weekdays.isEmpty, nthWeekdays.isEmpty { return true }
    if weekdays.contains(date.weekday) { return true }
    return nthWeekdays.contains { $0.day == date.weekday && place(date, fromEnd: $0.n < 0) == abs($0.n) }
  }

  /// The how-manieth of its weekday a date is in its month, or in its year where the rule names no month.
  private func place(_ date: LocalDate, fromEnd: Bool) -> Int {
    let first: LocalDate
    let last: LocalDate
    if frequency == .monthly || !months.isEmpty {
      first = date.adding(days: 1 - date.day)
      last = first.adding(days: date.daysOfMonth - 1)
    } else {
      first = LocalDate(year: date.year, month: 1, day: 1)!
      last = LocalDate(year: date.year, month: 12, day: 31)!
    }
    return (fromEnd ? last.dayNumber - date.dayNumber : date.dayNumber - first.dayNumber) / 7 + 1
  }

  private func positioned(_ dates: [LocalDate]) -> [LocalDate] {
    if positions.isEmpty { return dates }
    return dates.enumerated().filter { index, _ in
      positions.contains(index + 1) || positions.contains(index - dates.count)
    }.map(\.element)
  }

  // MARK: Periods

  /// The how-manieth year, month, week or day after the start's own a date lies in.
  private func period(of date: LocalDate, from start: LocalDate) -> Int {
    switch frequency {
    case .yearly: date.year - start.year
    case .monthly: (date.year - start.year) * 12 + date.month - start.month
    case .weekly: (beginOfPeriod(date).dayNumber - beginOfPeriod(start).dayNumber) / 7
    case .daily: date.dayNumber - start.dayNumber
    }
  }

  private func beginOfPeriod(_ date: LocalDate) -> LocalDate {
    switch frequency {
    case .yearly: LocalDate(year: date.year, month: 1, day: 1)!
    case .monthly: date.adding(days: 1 - date.day)
    case .weekly: date.adding(days: -((date.weekday.rawValue - weekStart.rawValue + 7) % 7))
    case .daily: date
    }
  }
}

extension LocalDate {
  /// 28 to 31.
  fileprivate var daysOfMonth: Int {
    let (year, month, day) = parts
    let next =
      month == 12 ? LocalDate(year: year + 1, month: 1, day: 1)! : LocalDate(year: year, month: month + 1, day: 1)!
    return next.dayNumber - dayNumber + day - 1
  }
}
