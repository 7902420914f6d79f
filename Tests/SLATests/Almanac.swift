import SLA

/// The calendar counted off day by day, and Easter from a table.
enum Almanac {
  struct Day {
    var number, year, month, day: Int
    var weekday: Weekday
  }

  static let firstDay = 10_592  // 1999-01-01, a Friday

  static let days: [Day] = {
    var days: [Day] = []
    var (number, weekday) = (firstDay, 4)
    for year in 1999...2039 {
      let isLeap = year % 4 == 0
      for (index, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
        for day in 1...length {
          days.append(
            Day(number: number, year: year, month: index + 1, day: day, weekday: Weekday(rawValue: weekday)!))
          number += 1
          weekday = (weekday + 1) % 7
        }
      }
    }
    return days
  }()

  /// Easter Sundays from 1999 on as days of March, so that 32 is the first of April.
  private static let easters = [
    35, 54, 46, 31, 51, 42, 27, 47, 39, 23, 43, 35, 55, 39, 31, 51, 36, 27, 47, 32, 52, 43, 35, 48, 40, 31, 51, 36, 28,
    47, 32, 52, 44, 28, 48, 40, 25, 44, 36, 56, 41,
  ]

  static func names(_ pattern: DayPattern, _ day: Day) -> Bool {
    let monthDay = day.month * 100 + day.day
    switch pattern {
    case .date(let date): return date.dayNumber == day.number
    case .span(let first, let last): return (first.dayNumber...last.dayNumber).contains(day.number)
    case .yearly(let month, let number): return day.month == month && day.day == number
    case .yearlySpan(let from, let to):
      let (first, last) = (from.month * 100 + from.day, to.month * 100 + to.day)
      if first <= last { return first <= monthDay && monthDay <= last }
      return monthDay >= first || monthDay <= last
    case .nthWeekday(let count, let weekday, let month):
      guard day.month == month, day.weekday == weekday else { return false }
      let month = days.filter { $0.year == day.year && $0.month == month && $0.weekday == weekday }
      let index = month.firstIndex { $0.number == day.number }!
      return count == -1 ? index == month.count - 1 : index == count - 1
    case .easter(let offset):
      let marchFirst = days.first { $0.year == day.year && $0.month == 3 }!.number
      return marchFirst + easters[day.year - 1999] - 1 + offset == day.number
    }
  }

  /// How many dates of a year it names, whether every year, and how long these are open.
  static func breadth(_ rule: DayRule) -> (Int, Int, Int) {
    switch rule.pattern {
    case .date: return (1, 0, open(rule))
    case .yearly, .nthWeekday, .easter: return (1, 1, open(rule))
    case .span(let first, let last): return (last.dayNumber - first.dayNumber + 1, 0, open(rule))
    case .yearlySpan: return (days.filter { $0.year == 2000 && names(rule.pattern, $0) }.count, 1, open(rule))
    }
  }

  static func open(_ rule: DayRule) -> Int {
    (0..<172_800 / 60).filter { minute in
      rule.hours.contains { $0.opens <= minute * 60 && minute * 60 < $0.closes }
    }.count
  }
}
