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
    func field(_ index: Int, _ kind: CronField.Kind) throws(CronError) -> CronField {
      do throws(CronError) {
        return try CronField(words[index], as: kind)
      } catch {
        throw error.moved(by: Self.offset(of: index, in: words))
      }
    }
    minutes = try field(0, .minute)
    hours = try field(1, .hour)
    daysOfMonth = try field(2, .dayOfMonth)
    months = try field(3, .month)
    weekdays = try field(4, .weekday)
    if isEitherDay || daysOfMonth.hasLastDay { return }
    let longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    for month in 1...12 where months.contains(month) {
      for day in 1...longest[month - 1] where daysOfMonth.contains(day) { return }
    }
    throw CronError(
      part: .dayOfMonth, position: 1 + Self.offset(of: 2, in: words), value: words[2],
      problem: "never comes in month '\(words[3])'",
      legal: "a day that the month has")
  }

  /// How many characters stand before a word.
  private static func offset(of index: Int, in words: [String]) -> Int {
    words[..<index].reduce(0) { $0 + $1.count + 1 }
  }

  /// Whether a date needs to fit only one of day of month and weekday: when both are narrowed, as cron has it.
  private var isEitherDay: Bool { daysOfMonth.isRestricted && weekdays.isRestricted }

  private func includes(_ date: LocalDate) -> Bool {
    let (_, month, day) = date.parts
    guard months.contains(month) else { return false }
    let fitsDay =
      daysOfMonth.contains(day) || (daysOfMonth.hasLastDay && date.adding(days: 1).day == 1)
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
