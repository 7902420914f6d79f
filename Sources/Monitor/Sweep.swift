public import SLA
public import SQLite

/// Judges what can have changed since the last sweep, and writes it down: clocks, verdicts, transitions.
///
/// A sweep reads the tickets that have new events and the clocks whose next change is due, and nothing else. A full one
/// reads every ticket and leaves the same rows.
public struct Sweep {
  /// Which tickets a sweep reads.
  public enum Extent: Sendable {
    case due
    case full
  }

  /// What a sweep did, in numbers.
  public struct Outcome: Equatable, Sendable {
    /// The desk was swept at this later instant already: nothing was done.
    public var laterSweep: Instant?
    /// The hash of the rules that were applied by this sweep, being the first.
    public var applied: String?
    public var rebuilt = 0
    public var judged = 0
    public var transitions = 0
    public var verdicts = 0
  }

  public let connection: Connection
  public let now: Instant
  public weak var observer: (any TransitionObserver)?

  public init(_ connection: Connection, now: Instant, observer: (any TransitionObserver)? = nil) {
    self.connection = connection
    self.now = now
    self.observer = observer
  }

  /// - Parameter candidate: the rules that the first sweep of a desk applies.
  public func run(_ extent: Extent = .due, candidate: AppliedRules.Candidate) throws -> Outcome {
    let isFirst = try SweepState.load(connection) == nil
    if isFirst || extent == .full { try makeRoom(isFirst: isFirst) }
    defer { if isFirst || extent == .full { restoreRoom() } }
    return try connection.write {
      let state = try SweepState.load(connection)
      if let state, now < state.sweptAt {
        var outcome = Outcome()
        outcome.laterSweep = state.sweptAt
        return outcome
      }
      var outcome = Outcome()
      let rules: AppliedRules
      if let state {
        rules = try AppliedRules(versionID: state.policyVersionID, on: connection, now: now)
      } else {
        rules = try AppliedRules.apply(candidate, on: connection, now: now)
        outcome.applied = rules.hash
      }
      let pass = try SweepPass(connection, rules: rules, now: now, lastEvent: state?.lastEvent ?? 0, observer: observer)
      if state == nil {
        try MonitorSchema.withoutIndexes(connection) { try pass.rebuildAll(isFirst: true) }
      } else if extent == .full {
        try pass.rebuildAll(isFirst: false)
      } else {
        try pass.rebuildChanged()
        try pass.judgeDue()
      }
      try pass.save()
      pass.count(into: &outcome)
      return outcome
    }
  }

  /// Settings for a walk over every ticket, which cannot change within its transaction.
  private func makeRoom(isFirst: Bool) throws {
    try connection.execute(sql: "PRAGMA cache_size = -65536")
    // All that the first sweep writes is derived from rows that it reads in the same transaction; asking for each of
    // them again took a tenth of its time.
    if isFirst { try connection.execute(sql: "PRAGMA foreign_keys = OFF") }
  }

  private func restoreRoom() {
    try? connection.execute(sql: "PRAGMA cache_size = -2000; PRAGMA foreign_keys = ON")
  }

  /// Makes the candidate the version in force and derives every open clock anew by it. Frozen verdicts stay, and what
  /// happened before is judged by the version that was in force then.
  public func apply(_ candidate: AppliedRules.Candidate) throws -> Outcome {
    try makeRoom(isFirst: false)
    defer { restoreRoom() }
    return try connection.write {
      let state = try SweepState.load(connection)
      var outcome = Outcome()
      if let state, now < state.sweptAt {
        outcome.laterSweep = state.sweptAt
        return outcome
      }
      var lastEvent: Int64 = 0
      if let state {
        let earlier = try AppliedRules(versionID: state.policyVersionID, on: connection, now: now)
        let pass = try SweepPass(
          connection, rules: earlier, now: now, lastEvent: state.lastEvent, observer: observer)
        try pass.rebuildChanged()
        try pass.judgeDue()
        lastEvent = try pass.save()
        pass.count(into: &outcome)
        // Told are the tickets that the new version judges, which is all of them.
        (outcome.rebuilt, outcome.judged) = (0, 0)
      }
      let rules = try AppliedRules.apply(candidate, on: connection, now: now)
      outcome.applied = rules.hash
      let pass = try SweepPass(
        connection, rules: rules, now: now, lastEvent: lastEvent, isApplying: true, observer: observer)
      try pass.rebuildAll(isFirst: state == nil)
      try pass.save()
      pass.count(into: &outcome)
      return outcome
    }
  }
}

/// Where the last sweep stood.
public struct SweepState: Equatable, Sendable {
  public var sweptAt: Instant
  /// The sequence of the last event that it saw.
  public var lastEvent: Int64
  public var policyVersionID: Int64

  /// `nil` on a desk that no sweep has seen.
  public static func load(_ connection: Connection) throws -> SweepState? {
    let rows = try connection.rows(sql: "SELECT swept_at, last_event, policy_version_id FROM sweep_state")
    guard let row = rows.first, let at = row[0].integer, let event = row[1].integer, let version = row[2].integer else {
      return nil
    }
    return SweepState(sweptAt: Instant(at), lastEvent: event, policyVersionID: version)
  }
}
