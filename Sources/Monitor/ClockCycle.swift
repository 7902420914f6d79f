public import Desk
public import SLA

/// One run of a clock, from its start to its stop or to now: a pure function of what happened and of the policy.
public struct ClockCycle: Sendable {
  public var kind: ClockKind
  /// 1, and one more each time that the clock ran again.
  public var number: Int64
  /// `nil` without a plazo.
  public var promise: Promise?
  public var startedAt: Instant
  /// Since when it runs with what it promises now: the last of its plazos or its reopening, whichever came later.
  public var runsSince: Instant
  /// Merged, ascending. Those of a cycle that stopped may reach past the stop, where a verdict cuts them.
  public var pauses: [Pause]
  /// `nil` while it runs.
  public var stoppedAt: Instant?
  /// How many times a new plazo took the place of an earlier one.
  public var moves: Int64
  /// What was promised first; `nil` unless it moved.
  public var original: Promise?
  /// The plazo in words; `nil` for a fixed instant or none.
  public var plazo: Plazo?
}

extension ClockCycle {
  /// What cycles are made by: the calendar that they count by, as far as it is cut into instants.
  struct Ground {
    let timeline: Timeline
    /// The timeline is as long as any; a plazo that ends after it has a deadline that nobody knows.
    var isLongest = false
  }

  /// Every cycle of every clock of a ticket that its history holds, by kind and then in order; of each kind only the last
  /// can still run.
  ///
  /// - Throws: `CalendarError.beyondHorizon` when a deadline lies beyond what a shorter timeline covers.
  /// - Source: design, rules of the clock, 8 to 12.
  static func ofTicket(_ history: History, policy: Policy, on ground: Ground) throws(CalendarError) -> [ClockCycle] {
    let resolution = try untilClosed(
      .resolution, history, rule: policy.resolution, reopening: policy.reopening, on: ground)
    if policy.firstResponse == nil, policy.nextResponse == nil { return resolution }
    return try responses(history, policy: policy, on: ground) + resolution
  }

  /// The cycles of a clock that runs from an opening to a closing, and again from each reopening.
  static func untilClosed(
    _ kind: ClockKind, _ history: History, rule: ClockRule, reopening: Reopening, on ground: Ground
  ) throws(CalendarError) -> [ClockCycle] {
    let pauses = pauses(history, rule: rule, withoutClosedTime: reopening == .continue)
    var cycles: [ClockCycle] = []
    // Endings take turns, so that each pair of them, a closing and a reopening, lies between two cycles.
    for index in stride(from: 0, through: history.endings.count, by: 2) {
      let terms = terms(history, endingsBefore: index, reopening: reopening)
      let (startedAt, term, _) = terms[terms.count - 1]
      let stop = index < history.endings.count ? history.endings[index].at : nil
      cycles.append(
        ClockCycle(
          kind: kind, number: Int64(index / 2 + 1), promise: try promise(term, from: startedAt, rule: rule, on: ground),
          startedAt: startedAt,
          runsSince: index == 0 ? startedAt : max(startedAt, history.endings[index - 1].at),
          pauses: pauses, stoppedAt: stop, moves: Int64(terms.count - 1),
          original: terms.count > 1 ? try promise(terms[0].term, from: terms[0].at, rule: rule, on: ground) : nil,
          plazo: plazo(term, rule: rule)))
    }
    return cycles
  }

  /// A cycle of a clock that has only its rule's plazo and ends for good.
  static func single(
    _ kind: ClockKind, number: Int64, from start: Instant, to stop: Instant?, rule: ClockRule, pauses: [Pause] = [],
    on ground: Ground
  ) throws(CalendarError) -> ClockCycle {
    ClockCycle(
      kind: kind, number: number, promise: try promise(.policy, from: start, rule: rule, on: ground), startedAt: start,
      runsSince: start, pauses: pauses, stoppedAt: stop, moves: 0, original: nil, plazo: rule.plazo)
  }

  /// What a cycle promised, in order. A plazo set after its stop is a promise of the next one.
  private static func terms(
    _ history: History, endingsBefore count: Int, reopening: Reopening
  ) -> [(at: Instant, term: History.Term, endings: Int)] {
    let isWhole = history.terms.last.map { $0.endings <= count } ?? true
    let known = isWhole ? history.terms : history.terms.filter { $0.endings <= count }
    guard reopening == .restart, count > 0 else { return known }
    // Starting anew, it begins with what was promised last; a plazo given at the reopening itself is its first.
    let reopenedAt = history.endings[count - 1].at
    let own = known.filter { $0.endings == count }
    if own.first?.at == reopenedAt { return own }
    return [(reopenedAt, known[known.count - own.count - 1].term, count)] + own
  }

  private static func plazo(_ term: History.Term, rule: ClockRule) -> Plazo? {
    switch term {
    case .policy: rule.plazo
    case .plazo(let plazo): plazo
    case .target: nil
    }
  }

  private static func promise(
    _ term: History.Term, from start: Instant, rule: ClockRule, on ground: Ground
  ) throws(CalendarError) -> Promise? {
    let timeline = ground.timeline
    if case .target(let instant) = term { return timeline.promise(target: instant, from: start, near: rule.near) }
    guard let plazo = plazo(term, rule: rule) else { return nil }
    do { return try timeline.promise(plazo, from: start, near: rule.near) } catch {
      guard ground.isLongest else { throw error }
      let left = timeline.workedSeconds(until: timeline.horizon) - timeline.workedSeconds(until: start)
      return Promise(start: start, budget: left + 1, nearUsed: rule.near.nearUsed(budget: left + 1))
    }
  }

  /// When a clock stands still, merged.
  static func pauses(_ history: History, rule: ClockRule, withoutClosedTime: Bool) -> [Pause] {
    let pauses = reasonedPauses(history, rule: rule, withoutClosedTime: withoutClosedTime).map(\.pause)
    return pauses.count < 2 ? pauses : Pause.merged(pauses)
  }

  /// When a clock stands still and why: waiting on a party that its rule names, put aside, or closed in between.
  static func reasonedPauses(
    _ history: History, rule: ClockRule, withoutClosedTime: Bool
  ) -> [(pause: Pause, reason: PauseReason)] {
    var pauses: [(pause: Pause, reason: PauseReason)] = []
    func add(from: Instant, to: Instant?, _ reason: PauseReason) {
      if to.map({ from < $0 }) ?? true { pauses.append((Pause(from: from, to: to), reason)) }
    }
    let parties = rule.pauseWhileWaitingOn
    if !parties.isEmpty {
      for (index, wait) in history.waits.enumerated() where parties.contains(wait.on) {
        add(
          from: wait.at, to: index + 1 < history.waits.count ? history.waits[index + 1].at : nil, .waiting(wait.on))
      }
    }
    if rule.pauseWhileAside {
      for (index, aside) in history.asides.enumerated() {
        guard let until = aside.until else { continue }
        add(
          from: aside.at, to: index + 1 < history.asides.count ? min(until, history.asides[index + 1].at) : until,
          .aside)
      }
    }
    if withoutClosedTime {
      // The last closing ends the clock; it does not pause it.
      for index in stride(from: 1, to: history.endings.count, by: 2) {
        add(from: history.endings[index - 1].at, to: history.endings[index].at, .closed)
      }
    }
    return pauses
  }
}

/// Why a clock stands still.
public enum PauseReason: Hashable, Sendable {
  case waiting(Party)
  /// Put aside until a date.
  case aside
  /// Closed, before it was opened again.
  case closed
}
