public import SLA

/// One run of a ticket's clock, from its start to its stop or to now: a pure function of what happened and of the policy.
public struct ClockCycle: Sendable {
  /// 1, and one more each time the ticket was opened again.
  public var number: Int64
  /// `nil` without a plazo.
  public var promise: Promise?
  public var startedAt: Instant
  /// Merged, ascending.
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
  /// Every cycle of the resolution clock that a history holds, in order; only the last can still run.
  ///
  /// - Throws: `CalendarError` when a deadline lies beyond what `timeline` covers.
  /// - Source: design, rules of the clock, 8 to 12.
  public static func resolution(
    _ history: History, policy: Policy, timeline: Timeline
  ) throws(CalendarError) -> [ClockCycle] {
    var cycles: [ClockCycle] = []
    var reopenedAt: Instant?
    for index in stride(from: 0, through: history.endings.count, by: 2) {
      let stop = index < history.endings.count ? history.endings[index].at : nil
      if index == history.endings.count, history.isClosed { break }
      let number = Int64(index / 2 + 1)
      cycles.append(
        try cycle(number, history, policy: policy, timeline: timeline, reopenedAt: reopenedAt, stoppedAt: stop))
      reopenedAt = index + 1 < history.endings.count ? history.endings[index + 1].at : nil
    }
    return cycles
  }

  private static func cycle(
    _ number: Int64, _ history: History, policy: Policy, timeline: Timeline, reopenedAt: Instant?, stoppedAt: Instant?
  ) throws(CalendarError) -> ClockCycle {
    let rule = policy.resolution
    // A plazo set after the stop is a promise of the next cycle.
    let terms = stoppedAt.map { stop in history.terms.filter { $0.at <= stop } } ?? history.terms
    let isRestarted = policy.reopening == .restart
    var (startedAt, term) = terms.last ?? (history.openedAt, .policy)
    if isRestarted, let reopenedAt { startedAt = max(startedAt, reopenedAt) }

    var first: Promise?
    if terms.count > 1 {
      first = try promise(terms[0].term, from: terms[0].at, rule: rule, timeline: timeline)
    }
    return ClockCycle(
      number: number, promise: try promise(term, from: startedAt, rule: rule, timeline: timeline),
      startedAt: startedAt, pauses: pauses(history, policy: policy, until: stoppedAt), stoppedAt: stoppedAt,
      moves: Int64(terms.count - 1), original: first, plazo: plazo(term, rule: rule))
  }

  private static func plazo(_ term: History.Term, rule: ClockRule) -> Plazo? {
    switch term {
    case .policy: rule.plazo
    case .plazo(let plazo): plazo
    case .target: nil
    }
  }

  private static func promise(
    _ term: History.Term, from start: Instant, rule: ClockRule, timeline: Timeline
  ) throws(CalendarError) -> Promise? {
    if case .target(let instant) = term { return timeline.promise(target: instant, from: start, near: rule.near) }
    guard let plazo = plazo(term, rule: rule) else { return nil }
    return try timeline.promise(plazo, from: start, near: rule.near)
  }

  /// When the clock stands still: waiting on a party that the policy names, put aside, or closed in between.
  private static func pauses(_ history: History, policy: Policy, until stop: Instant?) -> [Pause] {
    var pauses: [Pause] = []
    let parties = policy.resolution.pauseWhileWaitingOn
    if !parties.isEmpty {
      for (index, wait) in history.waits.enumerated() where parties.contains(wait.on) {
        let next = index + 1 < history.waits.count ? history.waits[index + 1].at : nil
        pauses.append(Pause(from: wait.at, to: next))
      }
    }
    for (index, aside) in history.asides.enumerated() {
      guard let until = aside.until else { continue }
      let next = index + 1 < history.asides.count ? history.asides[index + 1].at : until
      pauses.append(Pause(from: aside.at, to: min(until, next)))
    }
    if policy.reopening == .continue {
      for (index, ending) in history.endings.enumerated() where ending.isClosing {
        let next = index + 1 < history.endings.count ? history.endings[index + 1].at : nil
        // The last closing ends the clock; it does not pause it.
        if let next { pauses.append(Pause(from: ending.at, to: next)) }
      }
    }
    if pauses.isEmpty { return [] }
    let merged = pauses.count == 1 ? pauses : Pause.merged(pauses)
    guard let stop else { return merged }
    // Facts after the stop say nothing about the cycle; a pause still open ends with it.
    return merged.filter { $0.from < stop }.map { Pause(from: $0.from, to: min($0.to ?? stop, stop)) }
  }
}
