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
      """)
]

/// Which slots came due and what became of them, in the desk's database.
///
/// Whoever writes holds the `DeskLock`: then a slot found `running` has lost its process.
public struct SlotLedger {
  let connection: Connection

  /// - Parameter connection: to a database that has `schedulerMigrations`.
  public init(_ connection: Connection) { self.connection = connection }

  // MARK: Planning

  /// The instant up to which the job's slots are recorded, or `nil` for a job that was never seen.
  func countedThrough(job: String) throws -> Instant? {
    try connection.integer(sql: "SELECT counted_through FROM job_cursor WHERE job = ?", .text(job)).map(Instant.init)
  }

  func openSlots(job: String) throws -> [OpenSlot] {
    try connection.rows(
      sql: """
        SELECT planned_at, attempts FROM job_slot
         WHERE job = ? AND state IN ('planned', 'running') ORDER BY planned_at
        """, .text(job)
    ).map { OpenSlot(plannedAt: Instant($0[0].integer!), attempts: Int($0[1].integer!)) }
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
        ON CONFLICT (job, planned_at) DO UPDATE SET state = 'planned', is_caught_up = excluded.is_caught_up
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
           SET state = excluded.state, finished_at = excluded.finished_at, detail = excluded.detail
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

  func begin(_ slot: Slot, at instant: Instant) throws {
    try connection.run(
      sql: """
        UPDATE job_slot SET state = 'running', attempts = attempts + 1, started_at = ? WHERE job = ? AND planned_at = ?
        """, .integer(instant.seconds), .text(slot.job), .integer(slot.plannedAt.seconds))
  }

  func end(_ slot: Slot, as state: SlotState, detail: String?, at instant: Instant) throws {
    try connection.run(
      sql: "UPDATE job_slot SET state = ?, finished_at = ?, detail = ? WHERE job = ? AND planned_at = ?",
      .text(state.rawValue), .integer(instant.seconds), Value(detail), .text(slot.job),
      .integer(slot.plannedAt.seconds))
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
