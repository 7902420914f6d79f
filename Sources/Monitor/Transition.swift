public import SLA

/// A clock whose situation a sweep saw change.
public struct Transition: Hashable, Sendable {
  /// The row of `ticket_transition` or `task_transition`.
  public var id: Int64
  /// The ticket or task, as the clock's kind says.
  public var ownerID: Int64
  public var clock: ClockKind
  /// Which run of the clock: 1, and one more each time that it ran again.
  public var cycle: Int64
  /// `nil` for a clock that is new to the monitor.
  public var from: Situation?
  public var to: Situation
  /// When it became true; a sweep may see it later.
  public var happenedAt: Instant
  /// `nil` while a pause is open.
  public var deadline: Instant?
  /// For a clock that its reopening found late at once: when one working hour has passed since, before which nobody is
  /// alerted (design: rules of the clock, 10).
  public var graceUntil: Instant?

  public init(
    id: Int64, ownerID: Int64, clock: ClockKind, cycle: Int64, from: Situation?, to: Situation, happenedAt: Instant,
    deadline: Instant?, graceUntil: Instant? = nil
  ) {
    self.id = id
    self.ownerID = ownerID
    self.clock = clock
    self.cycle = cycle
    self.from = from
    self.to = to
    self.happenedAt = happenedAt
    self.deadline = deadline
    self.graceUntil = graceUntil
  }
}

/// Whoever must know of a transition in the very transaction in which a sweep writes it.
public protocol TransitionObserver: AnyObject {
  /// Called once for each clock that a sweep finds in a worse situation than before, with the last of its transitions.
  func situationGotWorse(_ transition: Transition) throws
  /// Called for each running clock that a sweep finds in a better situation than before. A clock that stopped is told by
  /// its verdict.
  func situationGotBetter(_ transition: Transition) throws
}

extension TransitionObserver {
  public func situationGotBetter(_: Transition) throws {}
}
