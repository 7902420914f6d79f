public import SQLite

/// The tables of the monitor: what was applied, the running clocks, the frozen verdicts, and how situations changed.
public enum MonitorSchema {
  public static let migrations: [Migration] = [
    Migration(name: "monitor-1-clocks", sql: clocks),
    Migration(name: "monitor-2-tasks", sql: tasks),
  ]

  /// The indexes of what sweeps write, by name.
  private static let indexes = [
    ("ticket_clock_next_change", "ON ticket_clock (next_change_at) WHERE next_change_at IS NOT NULL"),
    ("ticket_verdict_ticket", "ON ticket_verdict (ticket_id)"),
    ("ticket_transition_happened", "ON ticket_transition (happened_at)"),
  ]

  /// Writes the rows first and sorts them into their indexes afterwards, which is far quicker than one by one. For the
  /// first sweep, which looks nothing up in them.
  static func withoutIndexes(_ connection: Connection, _ body: () throws -> Void) throws {
    for (name, _) in indexes { try connection.execute(sql: "DROP INDEX \(name)") }
    try body()
    for (name, place) in indexes { try connection.execute(sql: "CREATE INDEX \(name) \(place)") }
  }

  /// What `clocks` has of tickets, of tasks. Which run of its clock a transition is of joins both.
  private static let tasks = """
    ALTER TABLE ticket_transition ADD COLUMN cycle INTEGER NOT NULL DEFAULT 1;

    CREATE TABLE task_clock (
      task_id INTEGER NOT NULL REFERENCES task (id),
      kind TEXT NOT NULL CHECK (kind = 'completion' OR kind = 'vobo'),
      calendar_id INTEGER NOT NULL REFERENCES calendar_version (id),
      started_at INTEGER NOT NULL,
      budget_s INTEGER,
      target_at INTEGER,
      near_used_s INTEGER,
      next_change_at INTEGER,
      situation TEXT NOT NULL CHECK (situation = 'on-time' OR situation = 'near-due' OR situation = 'late'),
      deadline INTEGER,
      cycle INTEGER NOT NULL,
      moves INTEGER NOT NULL,
      original_deadline INTEGER,
      policy TEXT NOT NULL,
      plazo TEXT,
      PRIMARY KEY (task_id, kind)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX task_clock_next_change ON task_clock (next_change_at) WHERE next_change_at IS NOT NULL;

    CREATE TABLE task_clock_pause (
      task_id INTEGER NOT NULL,
      kind TEXT NOT NULL,
      from_at INTEGER NOT NULL,
      to_at INTEGER,
      PRIMARY KEY (task_id, kind, from_at),
      FOREIGN KEY (task_id, kind) REFERENCES task_clock (task_id, kind) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE task_verdict (
      id INTEGER PRIMARY KEY,
      task_id INTEGER NOT NULL REFERENCES task (id),
      kind TEXT NOT NULL CHECK (kind = 'completion' OR kind = 'vobo'),
      cycle INTEGER NOT NULL,
      started_at INTEGER NOT NULL,
      stopped_at INTEGER NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome = 'kept' OR outcome = 'late' OR outcome = 'no-plazo'),
      deadline INTEGER,
      budget_s INTEGER,
      used_s INTEGER,
      late_s INTEGER,
      moves INTEGER NOT NULL,
      original_deadline INTEGER,
      original_outcome TEXT CHECK (original_outcome = 'kept' OR original_outcome = 'late'),
      policy TEXT NOT NULL,
      plazo TEXT,
      policy_version_id INTEGER NOT NULL REFERENCES policy_version (id),
      calendar_id INTEGER NOT NULL REFERENCES calendar_version (id),
      recorded_at INTEGER NOT NULL,
      supersedes_id INTEGER REFERENCES task_verdict (id),
      reason TEXT,
      CHECK ((supersedes_id IS NULL) = (reason IS NULL))
    ) STRICT;
    CREATE INDEX task_verdict_task ON task_verdict (task_id);
    CREATE UNIQUE INDEX task_verdict_supersedes ON task_verdict (supersedes_id) WHERE supersedes_id IS NOT NULL;
    CREATE TRIGGER task_verdict_is_kept BEFORE UPDATE ON task_verdict
      BEGIN SELECT RAISE (ABORT, 'a verdict is frozen'); END;
    CREATE TRIGGER task_verdict_is_not_deleted BEFORE DELETE ON task_verdict
      BEGIN SELECT RAISE (ABORT, 'a verdict is frozen'); END;

    CREATE TABLE task_transition (
      id INTEGER PRIMARY KEY,
      task_id INTEGER NOT NULL REFERENCES task (id),
      kind TEXT NOT NULL,
      from_situation TEXT,
      to_situation TEXT NOT NULL,
      happened_at INTEGER NOT NULL,
      recorded_at INTEGER NOT NULL,
      deadline INTEGER,
      cycle INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX task_transition_happened ON task_transition (happened_at);
    """

  // A CHECK with IN and three values or more makes a temporary table at every insert; the same with OR costs nothing.
  private static let clocks = """
    -- A calendar as it was applied, with its zone's data, so that nothing moves until the next apply.
    CREATE TABLE calendar_version (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      hash TEXT NOT NULL,
      zone TEXT NOT NULL,
      definition TEXT NOT NULL,                        -- canonical, for people to compare
      zone_data BLOB NOT NULL,
      applied_at INTEGER NOT NULL,
      UNIQUE (name, hash)
    ) STRICT;

    CREATE TABLE policy_version (
      id INTEGER PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE,
      definition TEXT NOT NULL,                        -- JSON: zone, calendars and policies as configured
      applied_at INTEGER NOT NULL                      -- the last time
    ) STRICT;

    -- Each time that a version was put in force, in order: an earlier one can come back.
    CREATE TABLE policy_application (
      id INTEGER PRIMARY KEY,
      policy_version_id INTEGER NOT NULL REFERENCES policy_version (id),
      applied_at INTEGER NOT NULL
    ) STRICT;

    -- Which version of each calendar a policy version counts by.
    CREATE TABLE policy_calendar (
      policy_version_id INTEGER NOT NULL REFERENCES policy_version (id),
      name TEXT NOT NULL,
      calendar_id INTEGER NOT NULL REFERENCES calendar_version (id),
      PRIMARY KEY (policy_version_id, name)
    ) STRICT, WITHOUT ROWID;

    -- One row: where the last sweep stood.
    CREATE TABLE sweep_state (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      swept_at INTEGER NOT NULL,
      last_event INTEGER NOT NULL,                     -- sequence of the last event that the sweep has seen
      policy_version_id INTEGER NOT NULL REFERENCES policy_version (id)
    ) STRICT;

    -- A running clock: what it promises, and how it stood when a sweep last judged it.
    CREATE TABLE ticket_clock (
      ticket_id INTEGER NOT NULL REFERENCES ticket (id),
      kind TEXT NOT NULL CHECK (kind = 'first-response' OR kind = 'next-response' OR kind = 'resolution'),
      calendar_id INTEGER NOT NULL REFERENCES calendar_version (id),
      started_at INTEGER NOT NULL,
      budget_s INTEGER,                                -- working seconds; NULL: without a plazo
      target_at INTEGER,                               -- a fixed due instant
      near_used_s INTEGER,                             -- used working seconds from which it is near due
      next_change_at INTEGER,                          -- when the situation can change by itself
      situation TEXT NOT NULL CHECK (situation = 'on-time' OR situation = 'near-due' OR situation = 'late'),
      deadline INTEGER,                                -- NULL while a pause is open, or without a plazo
      cycle INTEGER NOT NULL,                          -- 1, and one more for each time it ran again
      moves INTEGER NOT NULL,                          -- how many times a new plazo moved the deadline
      original_deadline INTEGER,                       -- of the first plazo; NULL when it never moved
      policy TEXT NOT NULL,                            -- the name of the policy that was chosen
      plazo TEXT,
      PRIMARY KEY (ticket_id, kind)
    ) STRICT, WITHOUT ROWID;

    -- When a running clock does not count: half-open, merged, in order.
    CREATE TABLE ticket_clock_pause (
      ticket_id INTEGER NOT NULL,
      kind TEXT NOT NULL,
      from_at INTEGER NOT NULL,
      to_at INTEGER,                                   -- NULL: still open
      PRIMARY KEY (ticket_id, kind, from_at),
      FOREIGN KEY (ticket_id, kind) REFERENCES ticket_clock (ticket_id, kind) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    -- How a clock ended, frozen when it stopped. Facts that arrive later add a row that supersedes, with its reason.
    CREATE TABLE ticket_verdict (
      id INTEGER PRIMARY KEY,
      ticket_id INTEGER NOT NULL REFERENCES ticket (id),
      kind TEXT NOT NULL CHECK (kind = 'first-response' OR kind = 'next-response' OR kind = 'resolution'),
      cycle INTEGER NOT NULL,
      started_at INTEGER NOT NULL,
      stopped_at INTEGER NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome = 'kept' OR outcome = 'late' OR outcome = 'no-plazo'),
      deadline INTEGER,
      budget_s INTEGER,
      used_s INTEGER,
      late_s INTEGER,                                  -- working seconds over the budget, 0 when kept
      moves INTEGER NOT NULL,
      original_deadline INTEGER,
      original_outcome TEXT CHECK (original_outcome = 'kept' OR original_outcome = 'late'),
      policy TEXT NOT NULL,
      plazo TEXT,
      policy_version_id INTEGER NOT NULL REFERENCES policy_version (id),
      calendar_id INTEGER NOT NULL REFERENCES calendar_version (id),
      recorded_at INTEGER NOT NULL,
      supersedes_id INTEGER REFERENCES ticket_verdict (id),
      reason TEXT,                                     -- why it supersedes
      CHECK ((supersedes_id IS NULL) = (reason IS NULL))
    ) STRICT;
    CREATE TRIGGER ticket_verdict_is_kept BEFORE UPDATE ON ticket_verdict
      BEGIN SELECT RAISE (ABORT, 'a verdict is frozen'); END;
    CREATE TRIGGER ticket_verdict_is_not_deleted BEFORE DELETE ON ticket_verdict
      BEGIN SELECT RAISE (ABORT, 'a verdict is frozen'); END;

    -- A situation that changed, with the instant at which it became true, not the one at which it was seen.
    CREATE TABLE ticket_transition (
      id INTEGER PRIMARY KEY,
      ticket_id INTEGER NOT NULL REFERENCES ticket (id),
      kind TEXT NOT NULL,
      from_situation TEXT,                             -- NULL: the clock is new to the monitor
      to_situation TEXT NOT NULL,
      happened_at INTEGER NOT NULL,
      recorded_at INTEGER NOT NULL,
      deadline INTEGER
    ) STRICT;

    -- At most one verdict supersedes another; few do, and only those are in the index.
    CREATE UNIQUE INDEX ticket_verdict_supersedes ON ticket_verdict (supersedes_id) WHERE supersedes_id IS NOT NULL;
    \(indexes.map { "CREATE INDEX \($0) \($1);" }.joined(separator: "\n"))
    """
}
