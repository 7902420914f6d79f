public import SLA
internal import SQLite

/// Where a slot stands. The raw value is the word in the ledger and in listings.
public enum SlotState: String, CaseIterable, Sendable {
  /// Due, not begun.
  case planned
  /// Begun. Without a process that holds the desk's lock it was broken off, and the next pass decides about it.
  case running
  case done, failed, skipped
}

/// One slot as the ledger has it.
public struct SlotRecord: Hashable, Sendable {
  public let slot: Slot
  public let state: SlotState
  public let attempts: Int
  /// When the last attempt began; `nil` when there was none.
  public let startedAt: Instant?
  /// When it ended or was dropped; `nil` while it is open.
  public let finishedAt: Instant?
  /// What the work said of itself, why it failed, or why it was skipped.
  public let detail: String?
  /// When a slot that failed is tried again; `nil` for any other.
  public let retryAt: Instant?

  /// How it stands, in a word for listings: the state, but `caught-up` for what was done after its time, and `retrying`
  /// for what failed and is tried again.
  public var outcome: String {
    if state == .done, slot.isCaughtUp { return "caught-up" }
    if state == .planned, retryAt != nil { return "retrying" }
    return state.rawValue
  }

  static let columns = "planned_at, state, is_caught_up, attempts, started_at, finished_at, detail, retry_at"

  init(job: String, _ row: [Value]) throws {
    guard let plannedAt = row[0].integer, let state = row[1].text.flatMap(SlotState.init(rawValue:)) else {
      throw SlotLedgerError.unreadableSlot(job: job, plannedAt: row[0].integer, state: row[1].text)
    }
    slot = Slot(job: job, plannedAt: Instant(plannedAt), isCaughtUp: row[2].integer == 1)
    self.state = state
    attempts = Int(row[3].integer ?? 0)
    startedAt = row[4].integer.map(Instant.init)
    finishedAt = row[5].integer.map(Instant.init)
    detail = row[6].text
    retryAt = row[7].integer.map { Instant($0) }
  }
}

public enum SlotLedgerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A row of `job_slot` has a state that this program does not know.
  case unreadableSlot(job: String, plannedAt: Int64?, state: String?)

  public var description: String {
    switch self {
    case .unreadableSlot(let job, let plannedAt, let state):
      "job_slot: job '\(job)', planned_at \(plannedAt ?? 0): state '\(state ?? "NULL")' is unknown; "
        + "legal are \(SlotState.allCases.map(\.rawValue).joined(separator: ", "))"
    }
  }
}

/// One job as the command `jobs` tells of it.
public struct JobStatus: Hashable, Sendable {
  public let job: Job
  /// The latest slot that was begun; `nil` when none was.
  public let last: SlotRecord?
  /// The next slot after the moment of asking.
  public let next: Instant
  /// How many slots were skipped since the instant asked for.
  public let missed: Int
  /// How many slots failed since the instant asked for.
  public let failed: Int
  /// How many slots are due, beyond the grace, and neither run nor dropped: above zero, no scheduler is at work.
  public let waiting: Int
  /// Until when nothing new runs, because a clock ran ahead; `nil` as it should be. Mended by
  /// `SlotLedger.acceptClock`.
  public let aheadUntil: Instant?
}

extension SlotLedger {
  /// How the jobs stand at `now`, in their order. Only reads.
  /// - Parameter since: from when on, included, missed and failed slots are counted.
  public func statuses(of jobs: [Job], in zone: Zone, now: Instant, since: Instant) throws -> [JobStatus] {
    try connection.read {
      try jobs.map { job in
        let counts = try connection.rows(
          sql: """
            SELECT count(*) FILTER (WHERE state = 'skipped'), count(*) FILTER (WHERE state = 'failed')
              FROM job_slot WHERE job = ? AND planned_at >= ?
            """, .text(job.name), .integer(since.seconds))[0]
        let counted = try countedThrough(job: job.name)
        let latest = now - Job.graceSeconds - 1
        let uncounted = job.slots(
          after: max(counted ?? now, now - Job.horizonSeconds), through: latest, in: zone)
        let open = try openSlots(job: job.name, now: now).filter { $0.attempts == 0 && $0.plannedAt <= latest }
        return JobStatus(
          job: job, last: try lastBegun(job: job.name), next: job.next(after: now, in: zone),
          missed: Int(counts[0].integer ?? 0), failed: Int(counts[1].integer ?? 0),
          waiting: uncounted.count + open.count, aheadUntil: counted.flatMap { $0 > now ? $0 : nil })
      }
    }
  }

  private func lastBegun(job: String) throws -> SlotRecord? {
    try connection.rows(
      sql: """
        SELECT \(SlotRecord.columns) FROM job_slot
         WHERE job = ? AND started_at IS NOT NULL ORDER BY planned_at DESC LIMIT 1
        """, .text(job)
    ).first.map { try SlotRecord(job: job, $0) }
  }

  /// The latest slots of all jobs, newest first, at most `limit`.
  public func history(limit: Int) throws -> [SlotRecord] {
    try connection.rows(
      sql: """
        SELECT \(SlotRecord.columns), job FROM job_slot ORDER BY planned_at DESC, job LIMIT ?
        """, Value(limit)
    ).map { try SlotRecord(job: $0[8].text ?? "", $0) }
  }

  /// The job's last slot before an instant that was done; `nil` when the ledger has none.
  public func lastDone(of job: String, before instant: Instant) throws -> Instant? {
    try connection.rows(
      sql: "SELECT max(planned_at) FROM job_slot WHERE job = ? AND planned_at < ? AND state = ?", .text(job),
      .integer(instant.seconds), .text(SlotState.done.rawValue)
    ).first?[0].integer.map { Instant($0) }
  }

  /// The job's latest slots, newest first, at most `limit`.
  public func history(of job: String, limit: Int) throws -> [SlotRecord] {
    try connection.rows(
      sql: "SELECT \(SlotRecord.columns) FROM job_slot WHERE job = ? ORDER BY planned_at DESC LIMIT ?",
      .text(job), Value(limit)
    ).map { try SlotRecord(job: job, $0) }
  }
}
