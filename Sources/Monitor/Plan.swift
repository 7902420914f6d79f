internal import Desk
public import SLA
public import SQLite

/// What a changed configuration would do to the open tickets, before anybody applies it.
public struct Plan {
  /// An open ticket whose deadline or situation would move.
  public struct Move: Equatable, Sendable {
    public var ticketID: Int64
    public var deadline: (before: Instant?, after: Instant?)
    public var situation: (before: Situation, after: Situation)
    public var policy: (before: String, after: String)

    public static func == (left: Move, right: Move) -> Bool {
      left.ticketID == right.ticketID && left.deadline == right.deadline && left.situation == right.situation
        && left.policy == right.policy
    }
  }

  public struct Summary: Equatable, Sendable {
    public var open = 0
    public var deadlinesMoved = 0
    public var situationsMoved = 0
    /// The changed policies whose near-due margin is not below the plazo of some open ticket, and is ignored there.
    public var ignoredMargins: Set<String> = []
  }

  /// Whether the configuration says the same as the version in force, or nothing was ever applied.
  public static func isApplied(_ candidate: AppliedRules.Candidate, on connection: Connection) throws -> Bool {
    try connection.integer(
      sql: """
        SELECT 1 FROM sweep_state s JOIN policy_version p ON p.id = s.policy_version_id WHERE p.hash = ?
        """, .text(candidate.hash)) != nil
  }

  /// Judges every open ticket by the version in force and by the candidate, at the same instant.
  /// - Parameter body: gets each ticket that would move, in the order of the tickets.
  public static func compare(
    _ candidate: AppliedRules.Candidate, on connection: Connection, now: Instant, _ body: (Move) throws -> Void
  ) throws -> Summary {
    guard let current = try AppliedRules.current(on: connection, now: now) else { return Summary() }
    let before = try ClockBuilder(current, on: connection)
    let after = try ClockBuilder(AppliedRules(candidate, now: now), on: connection)
    let scan = try TicketScan(connection)
    var summary = Summary()
    while try scan.next() {
      if scan.history.isClosed { continue }
      let old = try before.build(scan.traits, scan.history)
      let new = try after.build(scan.traits, scan.history)
      guard let oldCycle = old.cycles.last, let newCycle = new.cycles.last else { continue }
      let (oldRow, _) = try before.running(oldCycle, of: scan.ticketID, old, at: now)
      let (newRow, _) = try after.running(newCycle, of: scan.ticketID, new, at: now)
      summary.open += 1
      if let promise = newCycle.promise, new.policy.resolution.near.ignoresMargin(budget: promise.budget) {
        summary.ignoredMargins.insert(new.policy.name)
      }
      if oldRow.deadline != newRow.deadline { summary.deadlinesMoved += 1 }
      if oldRow.situation != newRow.situation { summary.situationsMoved += 1 }
      if oldRow.deadline != newRow.deadline || oldRow.situation != newRow.situation {
        try body(
          Move(
            ticketID: scan.ticketID, deadline: (oldRow.deadline, newRow.deadline),
            situation: (oldRow.situation, newRow.situation), policy: (oldRow.policy, newRow.policy)))
      }
    }
    return summary
  }
}
