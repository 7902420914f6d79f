/// What is frozen when a clock stops.
public struct Verdict: Hashable, Sendable {
  /// Whether the promise was kept.
  public enum Outcome: String, CaseIterable, Sendable {
    /// Stopped at or before the due second.
    case kept
    /// Stopped at the second after it, or later.
    case late
  }

  public var outcome: Outcome
  /// `nil` only when it lies beyond the timeline's horizon.
  public var deadline: Instant?
  /// Working seconds from the start to the stop, pauses not counted.
  public var used: Seconds
  /// Used working time past the budget: 0 or more when late, 0 when kept.
  public var late: Seconds

  public init(outcome: Outcome, deadline: Instant?, used: Seconds, late: Seconds) {
    self.outcome = outcome
    self.deadline = deadline
    self.used = used
    self.late = late
  }
}

extension Timeline {
  /// The verdict on a clock that stops. Pauses still open end with it, and later ones do not count.
  ///
  /// - Parameter pauses: In any order.
  public func verdict(_ promise: Promise, pauses: [Pause] = [], stoppedAt stop: Instant) -> Verdict {
    let judgement = judge(promise, pauses: Pause.clipped(Pause.merged(pauses), to: stop), at: stop)
    return Verdict(
      outcome: judgement.situation == .late ? .late : .kept, deadline: judgement.deadline, used: judgement.used,
      late: judgement.late)
  }
}
