/// The bridge between the two worlds: readings of a wall clock go in, instants come out. Only here do opening hours meet
/// changes of the clock (design: rules of the clock, 2 and 3).
struct TimelineBuilder {
  let zone: Zone
  let from, through: LocalDate
  let begin, horizon: Int64
  var starts: ContiguousArray<Int64> = []
  var ends: ContiguousArray<Int64> = []
  var workingDays: ContiguousArray<Int64> = []
  var closings: ContiguousArray<Int64> = []

  init(_ definition: CalendarDefinition, zone: Zone, from: LocalDate, through: LocalDate) {
    self.zone = zone
    self.from = from
    self.through = through
    begin = zone.instant(on: from, secondOfDay: 0).seconds
    horizon = zone.instant(on: through.adding(days: 1), secondOfDay: 0).seconds
    // The day before may have hours past midnight, and the day after tells a closing from the end of what is covered.
    let (dayBefore, dayAfter) = (from.adding(days: -1), through.adding(days: 1))
    let book = DayBook(definition, from: dayBefore, through: dayAfter)
    var cursor = ReadingCursor(zone)
    let days = dayAfter.dayNumber - dayBefore.dayNumber + 1
    starts.reserveCapacity(days * 2)
    ends.reserveCapacity(days * 2)
    workingDays.reserveCapacity(days)
    closings.reserveCapacity(days)
    for number in dayBefore.dayNumber...dayAfter.dayNumber {
      let date = LocalDate(dayNumber: number)
      var closing: Int64?
      for hours in book.hours(on: date) {
        let start = cursor.instant(on: date, secondOfDay: hours.opens)
        let end = cursor.instant(on: date, secondOfDay: hours.closes)
        // Hours that lie wholly in a gap are none.
        guard start < end else { continue }
        closing = end
        open(max(start, begin), end)
      }
      if let closing, from <= date, date <= through {
        workingDays.append(Int64(number))
        closings.append(closing)
      }
    }
  }

  /// Starts never descend: a later reading is reached no earlier.
  private mutating func open(_ start: Int64, _ end: Int64) {
    guard start < end else { return }
    if let last = ends.last, start <= last {
      ends[ends.count - 1] = max(last, end)
    } else {
      starts.append(start)
      ends.append(end)
    }
  }
}
