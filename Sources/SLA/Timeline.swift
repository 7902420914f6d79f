/// A calendar cut into instants, from the beginning of one date to the end of another.
///
/// Every question is answered by a search in prefix sums, without allocation. Openings that touch or overlap are
/// one: a calendar that is always open has a single one.
public struct Timeline: Sendable {
  private let table: Table

  /// Immutable, and a class so that a copy of a timeline costs one reference.
  private final class Table: Sendable {
    let from, through: LocalDate
    let zone: Zone
    /// Midnight at which the first date begins, and at which the last one ends.
    let begin, horizon: Int64
    /// When each opening begins, ascending, and when it ends.
    let starts, ends: Ascending
    /// The working seconds before each opening.
    let before: Ascending
    let total: Int64
    /// Day numbers of the dates with an opening, ascending, and the instant at which each closes.
    let workingDays: Ascending
    let closings: ContiguousArray<Int64>

    init(_ builder: consuming TimelineBuilder) {
      from = builder.from
      through = builder.through
      zone = builder.zone
      begin = builder.begin
      horizon = builder.horizon
      starts = Ascending(builder.starts)
      ends = Ascending(builder.ends)
      workingDays = Ascending(builder.workingDays)
      closings = builder.closings
      var sum: Int64 = 0
      before = Ascending(
        ContiguousArray(
          zip(builder.starts, builder.ends).map { start, end in
            defer { sum += end - start }
            return sum
          }))
      total = sum
    }
  }

  /// - Parameters:
  ///   - from: The first date covered. What is still open from the date before it counts too.
  ///   - through: The last date covered, not before the first.
  /// - Throws: `CalendarError.neverOpens` when neither the dates covered nor 10 years have an opening.
  public init(
    _ definition: CalendarDefinition, zone: Zone, from: LocalDate, through: LocalDate
  ) throws(CalendarError) {
    self.init(any: definition, zone: zone, from: from, through: through)
    if table.workingDays.isEmpty, definition.firstWorkingDay(from: from, in: zone) == nil {
      throw .neverOpens(from: from)
    }
  }

  /// The same of a calendar that may have no opening at all.
  init(any definition: CalendarDefinition, zone: Zone, from: LocalDate, through: LocalDate) {
    precondition(from <= through, "a timeline from \(from) cannot end on \(through)")
    table = Table(TimelineBuilder(definition, zone: zone, from: from, through: through))
  }

  /// The dates covered, both included.
  public var covers: (from: LocalDate, through: LocalDate) { (table.from, table.through) }

  /// The instant at which the last date covered ends: nothing later is ever an answer.
  public var horizon: Instant { Instant(table.horizon) }

  /// The number of separate openings.
  public var openingCount: Int { table.starts.count }

  public var zone: Zone { table.zone }

  /// The working seconds of the timeline before an instant: 0 before the first date covered, all of them after the last.
  public func workedSeconds(until instant: Instant) -> Seconds {
    let second = min(instant.seconds, table.horizon)
    let count = table.starts.count(atMost: second)
    guard count > 0 else { return 0 }
    return table.before[count - 1] + min(second, table.ends[count - 1]) - table.starts[count - 1]
  }

  /// The earliest instant before which so many working seconds lie; `nil` beyond the horizon.
  ///
  /// Used up exactly at a closing, the seconds are reached at that closing and not at the next opening. None or fewer
  /// are reached where the timeline begins.
  public func instant(whenWorked seconds: Seconds) -> Instant? {
    guard seconds > 0 else { return Instant(table.begin) }
    guard seconds <= table.total else { return nil }
    let index = table.before.count(below: seconds) - 1
    return answer(table.starts[index] + (seconds - table.before[index]))
  }

  /// The closing of the n-th working day strictly after a date; `nil` when that is beyond the dates covered.
  ///
  /// - Precondition: `n` is at least 1.
  public func closing(ofWorkingDay n: Int, after date: LocalDate) -> Instant? {
    precondition(n >= 1, "there is no \(n)-th working day")
    guard date >= table.from.adding(days: -1), n <= table.workingDays.count else { return nil }
    let index = table.workingDays.count(atMost: Int64(date.dayNumber)) + n - 1
    return index < table.closings.count ? answer(table.closings[index]) : nil
  }

  /// Outside of the dates covered nothing is open.
  public func isOpen(at instant: Instant) -> Bool {
    let count = table.starts.count(atMost: instant.seconds)
    return count > 0 && instant.seconds < table.ends[count - 1] && instant.seconds < table.horizon
  }

  /// The first opening later than an instant; `nil` beyond the horizon.
  public func nextOpening(after instant: Instant) -> Instant? {
    let index = table.starts.count(atMost: instant.seconds)
    return index < table.starts.count ? answer(table.starts[index]) : nil
  }

  /// The first closing later than an instant; `nil` beyond the horizon, so always for a calendar that never closes.
  public func nextClosing(after instant: Instant) -> Instant? {
    let index = table.ends.count(atMost: instant.seconds)
    return index < table.ends.count ? answer(table.ends[index]) : nil
  }

  /// All working seconds of the table, some of which may lie beyond the horizon.
  var total: Seconds { table.total }

  private func answer(_ seconds: Int64) -> Instant? { seconds <= table.horizon ? Instant(seconds) : nil }
}
