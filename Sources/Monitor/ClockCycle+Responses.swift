internal import SLA

extension ClockCycle {
  /// The cycles of the response clocks, those of the first response before those of later ones.
  ///
  /// The first response is awaited from the opening on; a closing ends that for good. Afterwards each word of the client's
  /// side starts the next-response clock, unless it runs already: the longest wait counts. Support's next response or a
  /// closing stops it. What a client says of a closed ticket awaits its answer from the reopening on.
  ///
  /// - Source: design, rules of the clock, 8 and 11; what counts as a response is the policy's to say.
  static func responses(
    _ history: History, policy: Policy, on ground: Ground
  ) throws(CalendarError) -> [ClockCycle] {
    let waits = awaited(history, responses: policy.responses)
    var cycles: [ClockCycle] = []
    if let rule = policy.firstResponse {
      let pauses = pauses(history, rule: rule, withoutClosedTime: false)
      cycles.append(
        try single(
          .firstResponse, number: 1, from: history.openedAt, to: waits.first, rule: rule, pauses: pauses, on: ground))
    }
    if let rule = policy.nextResponse {
      let pauses = pauses(history, rule: rule, withoutClosedTime: false)
      for (index, wait) in waits.next.enumerated() {
        cycles.append(
          try single(
            .nextResponse, number: Int64(index + 1), from: wait.from, to: wait.to, rule: rule, pauses: pauses,
            on: ground))
      }
    }
    return cycles
  }

  /// When the first response ended being awaited, and every wait for a later one, `nil` being still.
  private static func awaited(
    _ history: History, responses: Set<ResponseAct>
  ) -> (first: Instant?, next: [(from: Instant, to: Instant?)]) {
    var first: Instant?
    var next: [(from: Instant, to: Instant?)] = []
    var isClosed = false
    var askedWhileClosed = false
    func isAwaited() -> Bool { next.last.map { $0.to == nil } ?? false }
    func answer(at instant: Instant) {
      if first == nil { first = instant }
      if isAwaited() { next[next.count - 1].to = instant }
    }
    for (at, what) in history.talk {
      switch what {
      case .asked where isClosed: askedWhileClosed = true
      case .asked:
        if first != nil, !isAwaited() { next.append((at, nil)) }
      case .did(let act):
        guard responses.contains(act) else { continue }
        askedWhileClosed = false
        answer(at: at)
      case .closed:
        isClosed = true
        answer(at: at)
      case .reopened:
        isClosed = false
        if askedWhileClosed { next.append((at, nil)) }
        askedWhileClosed = false
      }
    }
    return (first, next)
  }
}
