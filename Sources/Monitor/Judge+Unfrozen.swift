internal import Desk
public import SLA
internal import SQLite

/// A clock that has stopped, with the verdict that it comes to.
public struct StoppedClock: Sendable, Hashable {
  /// Of the ticket or task, as the kind says.
  public var ownerID: Int64
  public var kind: ClockKind
  public var cycle: Int64
  public var startedAt: Instant
  public var stoppedAt: Instant
  /// `kept`, `late` or `no-plazo`.
  public var outcome: String
  public var deadline: Instant?
  public var budget: Seconds?
  public var used: Seconds?
  public var late: Seconds?
  public var moves: Int64
  public var originalDeadline: Instant?
  public var originalOutcome: String?
  public var policy: String
  public var plazo: String?
  public var policyVersionID: Int64
  public var calendarID: Int64

  init(_ row: VerdictRow) {
    ownerID = row.ownerID
    kind = row.kind
    cycle = row.cycle
    startedAt = row.startedAt
    stoppedAt = row.stoppedAt
    outcome = row.outcome
    deadline = row.deadline
    budget = row.budget
    used = row.used
    late = row.late
    moves = row.moves
    originalDeadline = row.originalDeadline
    originalOutcome = row.originalOutcome
    policy = row.policy
    plazo = row.plazo
    policyVersionID = row.policyVersionID
    calendarID = row.calendarID
  }
}

extension Judge {
  /// Calls `body` for every clock that stopped while no sweep looked: those that the next sweep will freeze, as it will.
  ///
  /// - Parameter seen: the last event that a sweep has seen; `nil`: that of the last sweep.
  public func eachUnfrozen(since seen: Int64? = nil, _ body: (StoppedClock) throws -> Void) throws {
    let seen = seen ?? state?.lastEvent ?? 0
    let builder = try ClockBuilder(rules, on: connection)
    let scan = try TicketScan(on: connection, newAfter: seen, until: now, through: through)
    for id in try TicketScan.changedTickets(since: seen, on: connection) where try scan.stand(on: id) {
      try unfrozen(id, .ticket, builder, try builder.build(scan.traits, scan.history), scan.news, body)
    }
    for id in try TaskHistory.ids(since: seen, on: connection) {
      let history = try TaskHistory(id, on: connection, newAfter: seen, until: now, through: through)
      guard let history else { continue }
      try unfrozen(id, .task, builder, try builder.build(history), history.news, body)
    }
  }

  private func unfrozen(
    _ id: Int64, _ owner: ClockOwner, _ builder: ClockBuilder, _ built: ClockBuilder.Built, _ news: News,
    _ body: (StoppedClock) throws -> Void
  ) throws {
    guard let earliest = news.earliest else { return }
    for cycle in built.cycles {
      guard let stop = cycle.stoppedAt, earliest <= stop else { continue }
      let frozen = try connection.prepare(
        sql: """
          SELECT 1 FROM \(owner.verdicts) WHERE \(owner.column) = ? AND kind = ? AND cycle = ? AND recorded_at <= ?
          """)
      if try !frozen.rows(.integer(id), .text(cycle.kind.rawValue), .integer(cycle.number), .integer(now.seconds))
        .isEmpty
      {
        continue
      }
      try body(StoppedClock(builder.verdict(cycle, of: id, built, stoppedAt: stop)))
    }
  }
}
