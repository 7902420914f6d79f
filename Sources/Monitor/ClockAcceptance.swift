public import SLA
public import SQLite

extension Sweep {
  /// Takes `now` for the right time although the desk was swept at a later one, after a clock that ran ahead: every open
  /// clock is derived anew from the events and judged as of now. What changed by it becomes true now.
  ///
  /// Events, transitions and verdicts that were recorded with a later time stay as they are: nothing rewrites them.
  public func acceptClock() throws -> Outcome {
    try connection.write {
      var outcome = Outcome()
      guard let state = try SweepState.load(connection) else { return outcome }
      let rules = try AppliedRules(versionID: state.policyVersionID, on: connection, now: now)
      let pass = try SweepPass(
        connection, rules: rules, now: now, lastEvent: state.lastEvent, isApplying: true, observer: observer)
      try pass.rebuildAll(isFirst: false)
      try pass.save()
      pass.count(into: &outcome)
      return outcome
    }
  }
}

/// How much the desk has recorded with a time that is still to come.
public struct RecordedAhead: Equatable, Sendable {
  public var events: Int
  public var verdicts: Int
  public var transitions: Int

  public init(on connection: Connection, after now: Instant) throws {
    func count(_ sql: String) throws -> Int { Int(try connection.integer(sql: sql, .integer(now.seconds)) ?? 0) }
    func both(_ sql: (_ owner: String) -> String) throws -> Int { try count(sql("ticket")) + count(sql("task")) }
    events = try both { "SELECT count(*) FROM \($0)_event WHERE recorded_at > ?" }
    verdicts = try both { "SELECT count(*) FROM \($0)_verdict WHERE stopped_at > ?" }
    transitions = try both { "SELECT count(*) FROM \($0)_transition WHERE recorded_at > ?" }
  }

  public var isNothing: Bool { events + verdicts + transitions == 0 }
}
