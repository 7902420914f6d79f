/// Working-time arithmetic on one calendar at any instant: a timeline that grows as far as the questions need.
///
/// Every answer is the timeline's, as `promise` and `judge` give it; nothing is computed here.
public final class Calculator {
  public let definition: CalendarDefinition
  public let zone: Zone
  private var timeline: Timeline?

  /// Instants of other years are refused: zones know nothing of them.
  public static let years = 1900...2199
  private static let first = LocalDate(year: years.lowerBound, month: 1, day: 1)!
  private static let last = LocalDate(year: years.upperBound, month: 12, day: 31)!
  /// More than there are seconds in those years.
  private static let mostSeconds: Seconds = 10_000_000_000
  /// How far past what is asked a timeline reaches at first, in days: most answers lie within.
  private static let daysAhead = 45

  public init(_ definition: CalendarDefinition, zone: Zone) {
    self.definition = definition
    self.zone = zone
  }

  /// How many dates the timeline covers by now, as a measure of the memory that it takes.
  public var daysCovered: Int { timeline.map { $0.covers.through.dayNumber - $0.covers.from.dayNumber + 1 } ?? 0 }

  /// Whether an instant lies within the dates for which working time can be counted.
  public static func knows(_ instant: Instant) -> Bool {
    // A day less at both ends, for the zones.
    (first.localSeconds + 86_400..<last.localSeconds).contains(instant.seconds)
  }

  /// The earliest instant by which so much working time has elapsed since the start: used up exactly at a closing it is
  /// that closing, and none at all is the start.
  ///
  /// - Precondition: `seconds` is not negative.
  /// - Throws: `CalendarError.neverOpens` when nothing opens any more; `.beyondHorizon` when the answer lies after 2199.
  public func add(_ seconds: Seconds, to start: Instant) throws(CalendarError) -> Instant {
    try deadline(of: seconds, from: start, pauses: [])!
  }

  /// The working seconds from one instant to another; 0 when the second is not later.
  public func between(_ start: Instant, _ end: Instant) -> Seconds {
    guard start < end else { return 0 }
    let timeline = covering(start, end)
    return timeline.workedSeconds(until: end) - timeline.workedSeconds(until: start)
  }

  /// The last second at which so much working time since the start is not used up, pauses cut out; `nil` while an open
  /// one keeps it unknown.
  ///
  /// - Parameter pauses: in any order, overlapping or not; those that end before they begin are none.
  /// - Precondition: `seconds` is not negative.
  /// - Throws: as `add` does.
  public func deadline(
    of seconds: Seconds, from start: Instant, pauses: [Pause]
  ) throws(CalendarError) -> Instant? {
    precondition(seconds >= 0, "\(seconds) s are no working time")
    // Reached where it starts: nothing can move that, not even a calendar that never opens.
    if seconds == 0 { return start }
    let pauses = Pause.merged(pauses)
    var through = start
    for pause in pauses { through = max(through, pause.from, pause.to ?? pause.from) }
    guard seconds <= Self.mostSeconds else { throw .beyondHorizon(from: Self.first, through: Self.last) }
    let promise = Promise(start: start, budget: seconds)
    while true {
      let timeline = covering(start, through)
      if let deadline = timeline.judge(promise, pauses: pauses, at: start).deadline { return deadline }
      // All of them are covered, so an open one is the reason, and else the end of the timeline.
      if let last = pauses.last, last.to == nil { return nil }
      let end = timeline.covers.through
      guard end < Self.last else {
        let isOver = timeline.workedSeconds(until: start) == timeline.workedSeconds(until: timeline.horizon)
        throw isOver ? .neverOpens(from: zone.date(at: start)) : .beyondHorizon(from: Self.first, through: Self.last)
      }
      through = Instant(min(end.adding(days: daysCovered), Self.last).localSeconds)
    }
  }

  /// A timeline that covers both instants.
  private func covering(_ from: Instant, _ through: Instant) -> Timeline {
    // A date more on either side: where a clock is set back at midnight, an instant can lie outside of its own date.
    var first = max(zone.date(at: from).adding(days: -1), Self.first)
    var last = min(zone.date(at: through).adding(days: 1), Self.last)
    if let known = timeline?.covers {
      if known.from <= first, last <= known.through { return timeline! }
      // Twice as long at the least, so that growing to and fro costs little in all.
      let span = daysCovered
      first = first < known.from ? max(first.adding(days: -span), Self.first) : known.from
      last = last > known.through ? min(last.adding(days: span), Self.last) : known.through
    } else {
      last = min(last.adding(days: Self.daysAhead), Self.last)
    }
    let longer = Timeline(any: definition, zone: zone, from: first, through: last)
    timeline = longer
    return longer
  }
}
