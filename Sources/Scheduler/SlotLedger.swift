public import SLA
public import SQLite

/// The schema of the scheduler's two tables. A published step is never edited.
public let schedulerMigrations = [
  Migration(
    name: "scheduler-1-slots",
    sql: """
      -- One row per slot that came due, from when its job was first seen.
      CREATE TABLE job_slot (
        job TEXT NOT NULL,
        planned_at INTEGER NOT NULL,
        -- planned: due, not begun. running: begun; if no process holds the desk's lock, broken off.
        state TEXT NOT NULL CHECK (state = 'planned' OR state = 'running' OR state = 'done' OR state = 'failed' OR state = 'skipped'),
        is_caught_up INTEGER NOT NULL CHECK (is_caught_up IN (0, 1)),
        attempts INTEGER NOT NULL CHECK (attempts >= 0),
        started_at INTEGER,
        finished_at INTEGER,
        -- What the work said of itself, why it failed, or why it was skipped.
        detail TEXT,
        PRIMARY KEY (job, planned_at),
        CHECK ((state IN ('done', 'failed', 'skipped')) = (finished_at IS NOT NULL)),
        CHECK (state NOT IN ('running', 'done') OR started_at IS NOT NULL)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX job_slot_open ON job_slot (job, planned_at) WHERE state IN ('planned', 'running');
      -- Up to which instant, included, each job's slots are in job_slot.
      CREATE TABLE job_cursor (
        job TEXT PRIMARY KEY,
        counted_through INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      """),
  Migration(
    name: "scheduler-2-claims",
    sql: """
      -- Which process runs the slot, and until when nobody else may, whatever machine it is on.
      ALTER TABLE job_slot ADD COLUMN claimed_by TEXT;
      ALTER TABLE job_slot ADD COLUMN leased_until INTEGER;
      -- When a slot that failed is tried again; it is planned until then.
      ALTER TABLE job_slot ADD COLUMN retry_at INTEGER;
      """),
]

/// Which slots came due and what became of them, in the desk's database.
///
/// A slot is claimed in the database before it runs, in a statement that only one process can succeed with. So even where
/// the `DeskLock` does not reach, as between two machines, no slot runs twice at a time. A claim ends with its process,
/// or, where nobody can tell, with its time.
public struct SlotLedger {
  let connection: Connection
  let claimant: Claimant

  /// What a claim has beyond the job's time limit.
  static let leaseMargin: Seconds = 120

  /// - Parameters:
  ///   - connection: to a database that has `schedulerMigrations`.
  ///   - claimant: the process in whose name slots are claimed.
  public init(_ connection: Connection, claimant: Claimant = .current) {
    self.connection = connection
    self.claimant = claimant
  }

  // MARK: Planning

  /// The instant up to which the job's slots are recorded, or `nil` for a job that was never seen.
  func countedThrough(job: String) throws -> Instant? {
    try connection.integer(sql: "SELECT counted_through FROM job_cursor WHERE job = ?", .text(job)).map(Instant.init)
  }

  /// The slots that are due and not ended, those left out at which another process may be at work.
  func openSlots(job: String, now: Instant) throws -> [OpenSlot] {
    try connection.rows(
      sql: """
        SELECT planned_at, attempts, retry_at, state, claimed_by, leased_until FROM job_slot
         WHERE job = ? AND state IN ('planned', 'running') ORDER BY planned_at
        """, .text(job)
    ).compactMap { row in
      guard let plannedAt = row[0].integer else { return nil }
      if row[3].text == SlotState.running.rawValue, let claim = row[4].text.flatMap({ Claimant($0) }),
        !claim.isGone(askedBy: claimant), let until = row[5].integer, until > now.seconds
      {
        return nil
      }
      return OpenSlot(
        plannedAt: Instant(plannedAt), attempts: Int(row[1].integer ?? 0), retryAt: row[2].integer.map { Instant($0) })
    }
  }

  /// Counts the job's slots as recorded up to `now`. A clock set back takes nothing back.
  func count(job: String, through now: Instant) throws {
    try connection.run(
      sql: """
        INSERT INTO job_cursor (job, counted_through) VALUES (?1, ?2)
        ON CONFLICT (job) DO UPDATE SET counted_through = ?2 WHERE counted_through < ?2
        """, .text(job), .integer(now.seconds))
  }

  /// Makes the slot one that is due. - Returns: whether it is: not when it is recorded as ended already.
  func plan(_ slot: Slot) throws -> Bool {
    try connection.run(
      sql: """
        INSERT INTO job_slot (job, planned_at, state, is_caught_up, attempts) VALUES (?, ?, 'planned', ?, 0)
        ON CONFLICT (job, planned_at) DO UPDATE SET state = 'planned', is_caught_up = excluded.is_caught_up, retry_at = NULL
         WHERE state IN ('planned', 'running')
        """, .text(slot.job), .integer(slot.plannedAt.seconds), Value(slot.isCaughtUp))
    return connection.changes == 1
  }

  /// Ends a slot that does not run. - Returns: whether it was still open, or new.
  func drop(_ slot: Slot, as state: SlotState, because reason: String, at now: Instant) throws -> Bool {
    try connection.run(
      sql: """
        INSERT INTO job_slot (job, planned_at, state, is_caught_up, attempts, finished_at, detail)
        VALUES (?, ?, ?, 0, 0, ?, ?)
        ON CONFLICT (job, planned_at) DO UPDATE
           SET state = excluded.state, finished_at = excluded.finished_at, detail = excluded.detail, retry_at = NULL,
               leased_until = NULL
         WHERE state IN ('planned', 'running')
        """, .text(slot.job), .integer(slot.plannedAt.seconds), .text(state.rawValue), .integer(now.seconds),
      .text(reason))
    return connection.changes == 1
  }

  /// Forgets where the jobs not named were, so that one that comes back counts as first seen; ends their open slots.
  func retire(allBut names: Set<String>, at now: Instant) throws {
    let reason = Value.text("the job is no longer configured")
    for name in try connection.rows(sql: "SELECT job FROM job_cursor").compactMap(\.[0].text)
    where !names.contains(name) {
      try connection.run(
        sql: """
          UPDATE job_slot SET state = iif(attempts > 0, 'failed', 'skipped'), finished_at = ?, detail = ?
           WHERE job = ? AND state IN ('planned', 'running')
          """, .integer(now.seconds), reason, .text(name))
      try connection.run(sql: "DELETE FROM job_cursor WHERE job = ?", .text(name))
    }
  }

  // MARK: Running

  /// Claims a slot and begins it. - Returns: whether it was there to be claimed.
  func begin(_ slot: Slot, at instant: Instant, timeLimit: Seconds) throws -> Bool {
    try connection.run(
      sql: """
        UPDATE job_slot
           SET state = 'running', attempts = attempts + 1, started_at = ?, claimed_by = ?, leased_until = ?, retry_at = NULL
         WHERE job = ? AND planned_at = ? AND state = 'planned'
        """, .integer(instant.seconds), .text(claimant.text),
      .integer(instant.seconds + timeLimit + Self.leaseMargin), .text(slot.job), .integer(slot.plannedAt.seconds))
    return connection.changes == 1
  }

  /// Ends a slot that this process runs. - Returns: whether the claim still held.
  func end(_ slot: Slot, as state: SlotState, detail: String?, at instant: Instant) throws -> Bool {
    try connection.run(
      sql: """
        UPDATE job_slot SET state = ?, finished_at = ?, detail = ?, leased_until = NULL
         WHERE job = ? AND planned_at = ? AND state = 'running' AND claimed_by = ?
        """, .text(state.rawValue), .integer(instant.seconds), Value(detail), .text(slot.job),
      .integer(slot.plannedAt.seconds), .text(claimant.text))
    return connection.changes == 1
  }

  /// Puts a slot that failed back, to be tried again. - Returns: whether the claim still held.
  func postpone(_ slot: Slot, until retryAt: Instant, because reason: String) throws -> Bool {
    try connection.run(
      sql: """
        UPDATE job_slot SET state = 'planned', retry_at = ?, detail = ?, claimed_by = NULL, leased_until = NULL
         WHERE job = ? AND planned_at = ? AND state = 'running' AND claimed_by = ?
        """, .integer(retryAt.seconds), .text(reason), .text(slot.job), .integer(slot.plannedAt.seconds),
      .text(claimant.text))
    return connection.changes == 1
  }

  func attempts(of slot: Slot) throws -> Int {
    Int(
      try connection.integer(
        sql: "SELECT attempts FROM job_slot WHERE job = ? AND planned_at = ?", .text(slot.job),
        .integer(slot.plannedAt.seconds)) ?? 0)
  }

  /// When the first of the slots that failed is tried again; `nil` when none waits for that.
  public func nextRetry() throws -> Instant? {
    try connection.integer(sql: "SELECT min(retry_at) FROM job_slot WHERE state = 'planned' AND retry_at IS NOT NULL")
      .map { Instant($0) }
  }

  // MARK: Keeping

  /// Deletes a job's ended slots planned before an instant, except its latest slot: that is what `jobs` shows.
  func prune(job: String, before instant: Instant) throws {
    try connection.run(
      sql: """
        DELETE FROM job_slot
         WHERE job = ?1 AND planned_at < ?2 AND finished_at IS NOT NULL
           AND planned_at < (SELECT max(planned_at) FROM job_slot WHERE job = ?1)
        """, .text(job), .integer(instant.seconds))
  }

  /// Deletes the ended slots of every job planned before an instant, except each job's latest. - Returns: how many.
  public func prune(before instant: Instant) throws -> Int {
    try connection.run(
      sql: """
        DELETE FROM job_slot AS s
         WHERE planned_at < ? AND finished_at IS NOT NULL
           AND planned_at < (SELECT max(planned_at) FROM job_slot WHERE job = s.job)
        """, .integer(instant.seconds))
    return Int(connection.changes)
  }

  /// After a clock that ran ahead: forgets the slots that lie after `now`, so that jobs run again before that time.
  ///
  /// - Returns: the names of the jobs concerned.
  public func acceptClock(now: Instant) throws -> [String] {
    try connection.write {
      let jobs = try connection.rows(
        sql: "SELECT job FROM job_cursor WHERE counted_through > ? ORDER BY job", .integer(now.seconds)
      ).compactMap(\.[0].text)
      try connection.run(sql: "DELETE FROM job_slot WHERE planned_at > ?", .integer(now.seconds))
      try connection.run(
        sql: "UPDATE job_cursor SET counted_through = ?1 WHERE counted_through > ?1", .integer(now.seconds))
      return jobs
    }
  }
}
