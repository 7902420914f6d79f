internal import Desk
public import SLA
internal import SQLite

/// A running clock as the desk keeps it: the row of `ticket_clock` or `task_clock`, and its pauses.
public struct ClockRow: Equatable, Sendable {
  /// Of the ticket or task, as the kind says.
  public var ownerID: Int64
  public var kind: ClockKind
  public var calendarID: Int64
  public var startedAt: Instant
  /// `nil` without a plazo.
  public var promise: Promise?
  public var nextChange: Instant?
  public var situation: Situation
  public var deadline: Instant?
  public var cycle: Int64
  public var moves: Int64
  public var originalDeadline: Instant?
  public var policy: String
  public var plazo: String?
  public var pauses: [Pause] = []
}

extension ClockRow {
  /// Those of a ticket's or a task's clock, in the order in which they are read.
  static func columns(of owner: ClockOwner) -> String { "\(owner.column), \(shared)" }

  private static let shared =
    """
    kind, calendar_id, started_at, budget_s, target_at, near_used_s, next_change_at, situation, deadline, \
    cycle, moves, original_deadline, policy, plazo
    """

  /// Reads the row on which a statement that selects `columns(of:)` stands; its pauses are elsewhere.
  init(_ row: Statement) throws {
    ownerID = row.integer(0)
    kind = try row.word(1, of: "clock.kind")
    calendarID = row.integer(2)
    startedAt = Instant(row.integer(3))
    promise = row.integerOrNil(4).map { budget in
      Promise(
        start: Instant(row.integer(3)), budget: budget, target: row.integerOrNil(5).map { Instant($0) },
        nearUsed: row.integerOrNil(6))
    }
    nextChange = row.integerOrNil(7).map { Instant($0) }
    situation = try row.word(8, of: "clock.situation")
    deadline = row.integerOrNil(9).map { Instant($0) }
    cycle = row.integer(10)
    moves = row.integer(11)
    originalDeadline = row.integerOrNil(12).map { Instant($0) }
    policy = row.text(13)
    plazo = row.textOrNil(14)
  }

  /// Takes over how the clock stands at an instant.
  mutating func take(_ judgement: Judgement) {
    situation = judgement.situation
    deadline = judgement.deadline
    nextChange = judgement.nextChange
  }
}
