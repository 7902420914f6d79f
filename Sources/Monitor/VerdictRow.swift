internal import Desk
internal import SLA
internal import SQLite

/// A verdict as the desk freezes it: what a row of `ticket_verdict` or `task_verdict` says of the clock
/// that stopped.
struct VerdictRow: Equatable {
  /// Of the ticket or task, as the kind says.
  var ownerID: Int64
  var kind: ClockKind
  var cycle: Int64
  var startedAt: Instant
  var stoppedAt: Instant
  /// `kept`, `late` or `no-plazo`.
  var outcome: String
  var deadline: Instant?
  /// `nil` without a plazo, as are the used and the late seconds.
  var budget: Seconds?
  var used: Seconds?
  var late: Seconds?
  var moves: Int64
  /// Against the first plazo, when it moved.
  var originalDeadline: Instant?
  var originalOutcome: String?
  var policy: String
  var plazo: String?
  var policyVersionID: Int64
  var calendarID: Int64
}

extension VerdictRow {
  init(
    _ cycle: ClockCycle, of ownerID: Int64, stoppedAt stop: Instant, verdict: Verdict?, original: Verdict?,
    policy: String, policyVersionID: Int64, calendarID: Int64
  ) {
    self.init(
      ownerID: ownerID, kind: cycle.kind, cycle: cycle.number, startedAt: cycle.startedAt, stoppedAt: stop,
      outcome: verdict?.outcome.rawValue ?? "no-plazo", deadline: verdict?.deadline, budget: cycle.promise?.budget,
      used: verdict?.used, late: verdict?.late, moves: cycle.moves, originalDeadline: original?.deadline,
      originalOutcome: original?.outcome.rawValue, policy: policy, plazo: cycle.plazo?.description,
      policyVersionID: policyVersionID, calendarID: calendarID)
  }

  static func columns(of owner: ClockOwner) -> String { "\(owner.column), \(shared)" }

  private static let shared =
    """
    kind, cycle, started_at, stopped_at, outcome, deadline, budget_s, used_s, late_s, moves, \
    original_deadline, original_outcome, policy, plazo, policy_version_id, calendar_id
    """

  /// How many columns those are.
  static let width: Int32 = 17

  /// Reads the row on which a statement that selects `columns(of:)` stands.
  init(_ row: Statement) throws {
    ownerID = row.integer(0)
    kind = try row.word(1, of: "verdict.kind")
    cycle = row.integer(2)
    startedAt = Instant(row.integer(3))
    stoppedAt = Instant(row.integer(4))
    outcome = row.text(5)
    deadline = row.integerOrNil(6).map { Instant($0) }
    budget = row.integerOrNil(7)
    used = row.integerOrNil(8)
    late = row.integerOrNil(9)
    moves = row.integer(10)
    originalDeadline = row.integerOrNil(11).map { Instant($0) }
    originalOutcome = row.textOrNil(12)
    policy = row.text(13)
    plazo = row.textOrNil(14)
    policyVersionID = row.integer(15)
    calendarID = row.integer(16)
  }

  /// Binds every column in the order of `columns(of:)`, from parameter 1.
  func bind(to statement: Statement) {
    statement.reset()
    statement.bind(1, ownerID)
    statement.bind(2, kind.rawValue)
    statement.bind(3, cycle)
    statement.bind(4, startedAt.seconds)
    statement.bind(5, stoppedAt.seconds)
    statement.bind(6, outcome)
    statement.bind(7, deadline?.seconds)
    statement.bind(8, budget)
    statement.bind(9, used)
    statement.bind(10, late)
    statement.bind(11, moves)
    statement.bind(12, originalDeadline?.seconds)
    statement.bind(13, originalOutcome)
    statement.bind(14, policy)
    statement.bind(15, plazo)
    statement.bind(16, policyVersionID)
    statement.bind(17, calendarID)
  }
}
