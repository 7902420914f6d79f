/// Where the time of a clock went: stretches without hole or overlap that sum to the second.
public struct Ledger: Hashable, Sendable {
  /// What became of the time of a stretch.
  public enum Kind: Hashable, Sendable {
    /// Working time that the clock counted, up to the deadline.
    case counted
    /// Outside of opening hours.
    case closed
    /// Closed by a dated rule, whose label this is.
    case holiday(String)
    /// Working time that a pause took out; the index is that of the first such pause among those given.
    case paused(Int)
    /// The clock had not begun.
    case before
    /// Working time past the deadline, which counts as used too.
    case after
  }

  /// Time of one kind, on one local date.
  public struct Stretch: Hashable, Sendable {
    public var from: Instant
    /// Excluded.
    public var to: Instant
    /// The local date on which the stretch lies; none lies on two.
    public var date: LocalDate
    public var kind: Kind
    /// The seconds that count as used: all of them or none.
    public var counted: Seconds
    public var length: Seconds { to - from }
  }

  public var stretches: [Stretch]
  /// The clock at the end of the last stretch, as `judge` has it: its used time is the sum of what the stretches count.
  public var judgement: Judgement
}

extension Timeline {
  /// The ledger of a clock from its start to an instant, split where the local date changes, so that it can be read.
  ///
  /// An instant before the start gives what is left until it begins.
  /// - Parameters:
  ///   - pauses: In any order, overlapping or not; their indices are the reasons.
  ///   - definition: The calendar of which this timeline was made, for its labels.
  /// - Source: design, rules of the clock, 15.
  public func ledger(
    _ promise: Promise, pauses: [Pause] = [], definition: CalendarDefinition, zone: Zone, until: Instant
  ) -> Ledger {
    let judgement = judge(promise, pauses: pauses, at: until)
    var writer = LedgerWriter(
      timeline: self, pauses: pauses, deadline: judgement.deadline, definition: definition, zone: zone)
    if until < promise.start {
      writer.write(from: until, to: promise.start, as: .before)
    } else {
      writer.write(from: promise.start, to: until)
    }
    return Ledger(stretches: writer.stretches, judgement: judgement)
  }
}

private struct LedgerWriter {
  let timeline: Timeline
  let pauses: [Pause]
  let deadline: Instant?
  let definition: CalendarDefinition
  let zone: Zone
  var stretches: [Ledger.Stretch] = []

  /// - Parameter fixed: What all of it is, where the calendar does not decide.
  mutating func write(from: Instant, to end: Instant, as fixed: Ledger.Kind? = nil) {
    var date = zone.date(at: from)
    var midnight = zone.instant(on: date.adding(days: 1), secondOfDay: 0)
    var from = from
    while from < end {
      // A clock set back across midnight repeats part of a date that has ended: the later date keeps it.
      while midnight <= from {
        date = date.adding(days: 1)
        midnight = zone.instant(on: date.adding(days: 1), secondOfDay: 0)
      }
      let to = min(end, midnight, fixed == nil ? nextEdge(after: from) : end)
      let kind = fixed ?? kind(at: from, date: date)
      let counts = kind == .counted || kind == .after
      add(.init(from: from, to: to, date: date, kind: kind, counted: counts ? to - from : 0))
      from = to
    }
  }

  /// The next instant at which anything that decides the kind can change.
  private func nextEdge(after instant: Instant) -> Instant {
    var edge = Instant(.max)
    func consider(_ candidate: Instant?) {
      if let candidate, candidate > instant { edge = min(edge, candidate) }
    }
    consider(timeline.nextOpening(after: instant))
    consider(timeline.nextClosing(after: instant))
    consider(timeline.horizon)
    consider(deadline)
    for pause in pauses {
      consider(pause.from)
      consider(pause.to)
    }
    return edge
  }

  private func kind(at instant: Instant, date: LocalDate) -> Ledger.Kind {
    guard timeline.isOpen(at: instant) else {
      let rule = definition.hours(on: date).rule
      // An override with hours opens a day; what remains closed of it is no holiday.
      if let rule, rule.hours.isEmpty || !rule.isOverride { return .holiday(rule.label) }
      return .closed
    }
    if let reason = pauses.firstIndex(where: { $0.from <= instant && $0.to.map { instant < $0 } ?? true }) {
      return .paused(reason)
    }
    if let deadline, instant >= deadline { return .after }
    return .counted
  }

  private mutating func add(_ stretch: Ledger.Stretch) {
    if let last = stretches.last, last.date == stretch.date, last.kind == stretch.kind {
      stretches[stretches.count - 1].to = stretch.to
      stretches[stretches.count - 1].counted += stretch.counted
    } else {
      stretches.append(stretch)
    }
  }
}
