public import SLA
public import SQLite

/// What verdicts would have been under another configuration. Frozen ones stay as they are: this only tells.
public enum WhatIf {
  /// How a verdict came out.
  public struct Standing: Equatable, Sendable {
    /// `kept`, `late` or `no-plazo`.
    public var outcome: String
    public var deadline: Instant?
    public var late: Seconds
    public var policy: String
  }

  /// A verdict that would have been another one.
  public struct Change: Equatable, Sendable {
    public var clock: ClockKind
    /// The ticket or task, as the clock's kind says.
    public var ownerID: Int64
    public var cycle: Int64
    public var before: Standing
    /// `nil` when the clock would not have run.
    public var after: Standing?
  }

  /// How many verdicts would be different.
  public struct Summary: Equatable, Sendable {
    /// Those frozen, and not superseded, for stops in the time asked for.
    public var verdicts = 0
    public var different = 0
    public var keptToLate = 0
    public var lateToKept = 0
  }

  /// Judges every verdict once more that was frozen for a stop since an instant, by the candidate and by the facts that
  /// were recorded when it was frozen.
  /// - Parameter body: gets each that would be different, tickets before tasks, in the order of freezing.
  public static func compare(
    _ candidate: AppliedRules.Candidate, since: Instant, on connection: Connection, now: Instant,
    _ body: (Change) throws -> Void
  ) throws -> Summary {
    let builder = try ClockBuilder(AppliedRules(candidate, now: min(since, now)), on: connection)
    let scan = try TicketScan(on: connection, until: now)
    var summary = Summary()
    for owner in ClockOwner.allCases {
      let statement = try connection.prepare(
        sql: """
          SELECT \(VerdictRow.columns(of: owner)), recorded_at FROM \(owner.verdicts) v
            WHERE stopped_at >= ?1 AND stopped_at <= ?2
              AND NOT EXISTS (SELECT 1 FROM \(owner.verdicts) WHERE supersedes_id = v.id) ORDER BY id
          """)
      statement.bind(1, since.seconds)
      statement.bind(2, now.seconds)
      while try statement.step() {
        let row = try VerdictRow(statement)
        let recordedAt = Instant(statement.integer(VerdictRow.width))
        summary.verdicts += 1
        var built: ClockBuilder.Built?
        switch owner {
        case .ticket:
          if try scan.stand(on: row.ownerID, until: recordedAt) { built = try builder.build(scan.traits, scan.history) }
        case .task: built = try TaskHistory(row.ownerID, on: connection, until: recordedAt).map(builder.build)
        }
        let change = try Change(row, built, builder)
        guard change.before != change.after else { continue }
        summary.different += 1
        if change.before.outcome == "kept", change.after?.outcome == "late" { summary.keptToLate += 1 }
        if change.before.outcome == "late", change.after?.outcome == "kept" { summary.lateToKept += 1 }
        try body(change)
      }
    }
    return summary
  }
}

extension WhatIf.Change {
  fileprivate init(_ row: VerdictRow, _ built: ClockBuilder.Built?, _ builder: ClockBuilder) throws {
    let cycle = built?.cycles.first { $0.kind == row.kind && $0.number == row.cycle }
    var after: WhatIf.Standing?
    if let built, let cycle {
      let other = try builder.verdict(cycle, of: row.ownerID, built, stoppedAt: row.stoppedAt)
      after = WhatIf.Standing(other)
    }
    self.init(clock: row.kind, ownerID: row.ownerID, cycle: row.cycle, before: WhatIf.Standing(row), after: after)
  }
}

extension WhatIf.Standing {
  fileprivate init(_ row: VerdictRow) {
    self.init(outcome: row.outcome, deadline: row.deadline, late: row.late ?? 0, policy: row.policy)
  }
}
