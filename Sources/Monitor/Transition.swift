public import SLA

/// A clock whose situation a sweep saw change.
public struct Transition: Hashable, Sendable {
  /// The row of `ticket_transition`.
  public var id: Int64
  public var ticketID: Int64
  public var clock: ClockKind
  /// `nil` for a clock that is new to the monitor.
  public var from: Situation?
  public var to: Situation
  /// When it became true; a sweep may see it later.
  public var happenedAt: Instant
  /// `nil` while a pause is open.
  public var deadline: Instant?

  public init(
    id: Int64, ticketID: Int64, clock: ClockKind, from: Situation?, to: Situation, happenedAt: Instant,
    deadline: Instant?
  ) {
    self.id = id
    self.ticketID = ticketID
    self.clock = clock
    self.from = from
    self.to = to
    self.happenedAt = happenedAt
    self.deadline = deadline
  }
}

/// Whoever must know of a transition in the very transaction in which a sweep writes it.
public protocol TransitionObserver: AnyObject {
  /// Called once for each clock that a sweep finds in a worse situation than before, with the last of its transitions.
  func situationGotWorse(_ transition: Transition) throws
}
