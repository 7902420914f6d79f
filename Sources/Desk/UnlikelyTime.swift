public import SLA

/// What makes hours look like a slip of the pen. They are kept, and marked.
public enum UnlikelyTime: String, Sendable, CaseIterable {
  /// The technician has more than twelve hours on the day.
  case longDay = "long-day"
  /// The calendar is closed on that date: a weekend, a holiday.
  case closedDay = "closed-day"
  /// Some of it lies between 22:00 and 6:00, outside of the calendar's hours.
  case night

  public static let longDaySeconds: Seconds = 12 * 3600
  /// Seconds of the day; the night goes on to the next morning.
  static let nightBegins: Int64 = 22 * 3600
  static let nightEnds: Int64 = 30 * 3600

  /// - Parameters:
  ///   - startedAt: `nil` for an entry by day, which has no place in it.
  ///   - ofTheDay: all that the technician has on the day, this entry included.
  ///   - calendar: by which the technician works, and the zone of its wall clock.
  public static func marks(
    day: LocalDate, startedAt: Instant?, seconds: Seconds, ofTheDay: Seconds, calendar: CalendarDefinition, zone: Zone
  ) -> [UnlikelyTime] {
    var marks: [UnlikelyTime] = []
    if ofTheDay > longDaySeconds { marks.append(.longDay) }
    // A day is worked, too, when the shift of the day before reaches into it.
    if spans(calendar, from: day, through: day, zone).isEmpty, !isWithinHours(startedAt, seconds, calendar, zone) {
      marks.append(.closedDay)
    }
    if let startedAt, isAtNight(startedAt, startedAt + seconds, calendar, zone) { marks.append(.night) }
    return marks
  }

  private static func isWithinHours(
    _ start: Instant?, _ seconds: Seconds, _ calendar: CalendarDefinition, _ zone: Zone
  ) -> Bool {
    guard let start else { return false }
    return !isOutside(start, start + seconds, calendar, zone)
  }

  private static func isAtNight(
    _ start: Instant, _ end: Instant, _ calendar: CalendarDefinition, _ zone: Zone
  ) -> Bool {
    for number in zone.date(at: start).dayNumber - 1...zone.date(at: end).dayNumber {
      let date = LocalDate(dayNumber: number)
      let from = max(start, zone.instant(on: date, secondOfDay: nightBegins))
      let to = min(end, zone.instant(on: date, secondOfDay: nightEnds))
      if from < to, isOutside(from, to, calendar, zone) { return true }
    }
    return false
  }

  /// Whether any of the span lies outside of the calendar's hours.
  private static func isOutside(
    _ start: Instant, _ end: Instant, _ calendar: CalendarDefinition, _ zone: Zone
  ) -> Bool {
    var reached = start
    let dates = (zone.date(at: start).adding(days: -1), zone.date(at: end))
    for span in spans(calendar, from: dates.0, through: dates.1, zone) where span.to > reached {
      if span.from > reached { return true }
      reached = span.to
      if reached >= end { return false }
    }
    return true
  }

  private static func spans(
    _ calendar: CalendarDefinition, from first: LocalDate, through last: LocalDate, _ zone: Zone
  ) -> [(from: Instant, to: Instant)] {
    (first.dayNumber...last.dayNumber).flatMap { number in
      let date = LocalDate(dayNumber: number)
      return calendar.hours(on: date).hours.map { hours in
        (
          from: zone.instant(on: date, secondOfDay: Int64(hours.opens)),
          to: zone.instant(on: date, secondOfDay: Int64(hours.closes))
        )
      }.filter { $0.from < $0.to }
    }
  }
}
