public import SLA

/// How one running clock of a ticket or task stands at the report's as-of instant.
public struct JudgedRow: Sendable {
  /// The ticket or task, as the clock says.
  public var ownerID: Int64
  public var clock: ClockKind
  public var situation: Situation
  /// `nil` while a pause is open, or without a plazo.
  public var deadline: Instant?
  /// Working seconds that are left, negative when late; `nil` without a plazo.
  public var remaining: Seconds?
  public var used: Seconds?
  /// Working seconds that the plazo allows; `nil` without a plazo.
  public var budget: Seconds?
  /// Working seconds over the budget, 0 when not late; `nil` without a plazo.
  public var late: Seconds?
  /// When it becomes near due; `nil` when it never does, or while a pause is open.
  public var nearAt: Instant?
  public var isPaused: Bool
  /// The name of the policy that was chosen.
  public var policy: String
  public var plazo: String?
  public var cycle: Int64
  /// How many times a new plazo moved the deadline.
  public var moves: Int64
  /// Of the first plazo; `nil` when it never moved.
  public var originalDeadline: Instant?
  /// The name of the calendar that it counts by.
  public var calendar: String?

  public init(
    ownerID: Int64, clock: ClockKind, situation: Situation, deadline: Instant?, remaining: Seconds?, used: Seconds?,
    budget: Seconds?, late: Seconds?, nearAt: Instant?, isPaused: Bool, policy: String, plazo: String?, cycle: Int64,
    moves: Int64, originalDeadline: Instant?, calendar: String? = nil
  ) {
    self.ownerID = ownerID
    self.clock = clock
    self.situation = situation
    self.deadline = deadline
    self.remaining = remaining
    self.used = used
    self.budget = budget
    self.late = late
    self.nearAt = nearAt
    self.isPaused = isPaused
    self.policy = policy
    self.plazo = plazo
    self.cycle = cycle
    self.moves = moves
    self.originalDeadline = originalDeadline
    self.calendar = calendar
  }
}
