internal import SLA

/// Five fields: which minutes of which dates are slots, as a wall clock and a wall calendar show them.
struct CronCalendar: Hashable, Sendable {
  let minutes: CronField
  let hours: CronField
  let daysOfMonth: CronField
  let months: CronField
  let weekdays: CronField

  /// The five fields, in lower case.
  ///
  /// Days that no named month has, such as 31 February, are refused here; what is left occurs again and again: every
  /// pair of date and weekday does within the calendar's cycle of 400 years. The search below rests on that.
  init(_ words: [String]) throws(CronError) {
    minutes = try CronField(words[0], as: .minute)
    hours = try CronField(words[1], as: .hour)
    daysOfMonth = try CronField(words[2], as: .dayOfMonth)
    months = try CronField(words[3], as: .month)
    weekdays = try CronField(words[4], as: .weekday)
    if isEitherDay { return }
    let longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    for month in 1...12 where months.contains(month) {
      for day in 1...longest[month - 1] where daysOfMonth.contains(day) { return }
    }
    throw CronError(
      part: .dayOfMonth, value: words[2], problem: "never comes in month '\(words[3])'",
      legal: "a day that the month has")
  }

  /// Whether a date needs to fit only one of day of month and weekday: when both are narrowed, as cron has it.
  private var isEitherDay: Bool { daysOfMonth.isRestricted && weekdays.isRestricted }

  private func includes(_ date: LocalDate) -> Bool {
    let (_, month, day) = date.parts
    guard months.contains(month) else { return false }
    let fitsDay = daysOfMonth.contains(day)
    // Cron's week begins on Sunday.
    let fitsWeekday = weekdays.contains((date.weekday.rawValue + 1) % 7)
    return isEitherDay ? fitsDay || fitsWeekday : fitsDay && fitsWeekday
  }

  /// The first slot after an instant.
  ///
  /// Readings are taken in the order of the wall clock. `Zone` sends each to the first instant at which it is reached,
  /// an order that it keeps; so the first that lies after `instant` is the answer, and a reading not past what the
  /// clock shows at `instant` need not be asked.
  func next(after instant: Instant, in zone: Zone) -> Instant {
    let local = zone.localSeconds(at: instant)
    var date = LocalDate(localSeconds: local)
    var firstMinute = Int((local - date.localSeconds) / 60) + 1
    while true {
      if includes(date) {
        for hour in firstMinute / 60..<24 where hours.contains(hour) {
          for minute in max(0, firstMinute - hour * 60)..<60 where minutes.contains(minute) {
            let slot = zone.instant(on: date, secondOfDay: Int64(hour * 60 + minute) * 60)
            if slot > instant { return slot }
          }
        }
      }
      date = date.adding(days: 1)
      firstMinute = 0
    }
  }
}
