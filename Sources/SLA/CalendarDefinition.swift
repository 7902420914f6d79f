/// A calendar as it is declared: a week of opening hours, and the dates that differ.
public struct CalendarDefinition: Hashable, Sendable {
  /// The IANA name of the zone whose wall clock the hours are read on.
  public var zone: String
  /// Days without an entry are closed.
  public var weekly: [Weekday: [Hours]]
  public var days: [DayRule]

  public init(zone: String, weekly: [Weekday: [Hours]], days: [DayRule] = []) {
    self.zone = zone
    self.weekly = weekly
    self.days = days
  }

  /// Open all day, every day: on it working days are natural days.
  public static func always(zone: String) -> CalendarDefinition {
    let day = Hours(opens: 0, closes: Hours.day)
    return CalendarDefinition(
      zone: zone, weekly: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [day]) }))
  }

  /// The hours of a date, united and sorted, and the rule that gave them where it was not the week.
  public func hours(on date: LocalDate) -> (hours: [Hours], rule: DayRule?) {
    var ruling: DayRule?
    for rule in days where rule.pattern.matches(date) {
      if let current = ruling, !rule.outranks(current) { continue }
      ruling = rule
    }
    return (Hours.united(ruling?.hours ?? weekly[date.weekday] ?? []), ruling)
  }

  /// How long a search for an opening goes on (design: rules of the clock, 14).
  public static let searchYears = 10

  /// The first date from this one on with an opening that a clock change does not empty, or `nil` when 10 years have
  /// none. A calendar without one is refused when it is applied.
  public func firstWorkingDay(from date: LocalDate, in zone: Zone) -> LocalDate? {
    let last = date.adding(days: Self.searchYears * 366)
    let book = DayBook(self, from: date, through: last)
    for number in date.dayNumber...last.dayNumber {
      let date = LocalDate(dayNumber: number)
      let isOpen = book.hours(on: date).contains { hours in
        zone.instant(on: date, secondOfDay: Int64(hours.opens))
          < zone.instant(on: date, secondOfDay: Int64(hours.closes))
      }
      if isOpen { return date }
    }
    return nil
  }
}

/// Why working time cannot be counted with a calendar.
public enum CalendarError: Error, Equatable, Sendable {
  /// The calendar has no opening within `CalendarDefinition.searchYears` of a date.
  case neverOpens(from: LocalDate)
  /// The answer needs a date outside of those that the timeline covers, both included.
  case beyondHorizon(from: LocalDate, through: LocalDate)
}
