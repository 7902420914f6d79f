internal import Desk

/// What the SQL of a report may read: temporary views of the desk as it was at the as-of instant.
///
/// They are a promise. `reports/README.md` tells every column, and a test holds it against them.
enum ReportViews {
  /// The as-of instant and the last event that counts, as the views write them.
  static let asOf = "(SELECT as_of FROM report_run)"
  static let lastEvent = "(SELECT last_event FROM report_run)"

  /// How a clock stands, in the tables of judged clocks.
  private static let judgement = """
    situation TEXT NOT NULL, deadline INTEGER, remaining_s INTEGER, used_s INTEGER, budget_s INTEGER, late_s INTEGER,
    near_at INTEGER, is_paused INTEGER NOT NULL, policy TEXT NOT NULL, plazo TEXT, cycle INTEGER NOT NULL,
    moves INTEGER NOT NULL, original_deadline INTEGER, calendar TEXT
    """

  /// The tables behind the views; no report names them. All but the first are filled as far as a run reads them.
  static let tables = """
    -- One row: what this run was asked for.
    CREATE TEMP TABLE report_run (
      as_of INTEGER NOT NULL,
      today TEXT NOT NULL,
      last_event INTEGER NOT NULL,
      swept_at INTEGER,                                -- of the last sweep that is known
      swept_event INTEGER
    ) STRICT;
    -- Every running clock of every ticket that is open at the as-of instant.
    CREATE TEMP TABLE judged (
      owner_id INTEGER NOT NULL,
      kind TEXT NOT NULL,
      \(judgement),
      PRIMARY KEY (owner_id, kind)
    ) STRICT, WITHOUT ROWID;
    -- Of those, each ticket's worst, because nearly every section asks for it.
    CREATE TEMP TABLE report_worst (
      ticket_id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      \(judgement)
    ) STRICT;
    -- The open tickets counted by one thing at a time.
    CREATE TEMP TABLE open_count (
      "by" TEXT NOT NULL, client_id INTEGER, product_id INTEGER, assigned_id INTEGER, waiting_on TEXT,
      situation TEXT NOT NULL, has_plazo INTEGER NOT NULL, tickets INTEGER NOT NULL, worst_late_s INTEGER,
      next_deadline INTEGER, oldest_at INTEGER NOT NULL
    ) STRICT;
    -- What each of the last days brought.
    CREATE TEMP TABLE recent_day (
      day TEXT NOT NULL, opened INTEGER NOT NULL, closed INTEGER NOT NULL, became_late INTEGER NOT NULL,
      ceased_late INTEGER NOT NULL
    ) STRICT;
    -- Every running clock of every task.
    CREATE TEMP TABLE judged_task (
      owner_id INTEGER NOT NULL,
      kind TEXT NOT NULL,
      \(judgement),
      PRIMARY KEY (owner_id, kind)
    ) STRICT, WITHOUT ROWID;
    -- What stopped while no sweep looked, with the verdict that it comes to.
    CREATE TEMP TABLE unfrozen (
      owner TEXT NOT NULL, owner_id INTEGER NOT NULL, kind TEXT NOT NULL, cycle INTEGER NOT NULL,
      started_at INTEGER NOT NULL, stopped_at INTEGER NOT NULL, outcome TEXT NOT NULL, deadline INTEGER, budget_s INTEGER,
      used_s INTEGER, late_s INTEGER, moves INTEGER NOT NULL, original_deadline INTEGER, original_outcome TEXT,
      policy TEXT NOT NULL, plazo TEXT, policy_version_id INTEGER NOT NULL, calendar_id INTEGER NOT NULL
    ) STRICT;
    -- Of those of tickets, each one's last.
    CREATE TEMP TABLE unfrozen_last (
      ticket_id INTEGER PRIMARY KEY, kind TEXT NOT NULL, cycle INTEGER NOT NULL, stopped_at INTEGER NOT NULL,
      outcome TEXT NOT NULL, original_outcome TEXT, deadline INTEGER, original_deadline INTEGER, moves INTEGER NOT NULL,
      budget_s INTEGER, used_s INTEGER, late_s INTEGER, policy TEXT NOT NULL, plazo TEXT
    ) STRICT;
    -- Who had a late ticket while its working time passed.
    CREATE TEMP TABLE spent (
      ticket_id INTEGER NOT NULL, cycle INTEGER NOT NULL, holder TEXT NOT NULL, user_id INTEGER, seconds INTEGER NOT NULL,
      turns INTEGER NOT NULL
    ) STRICT;
    -- What each calendar holds in store.
    CREATE TEMP TABLE outlook (
      calendar TEXT PRIMARY KEY, closes_at INTEGER, opens_at INTEGER, next_closes_at INTEGER, break_from INTEGER,
      break_to INTEGER, break_days INTEGER NOT NULL, break_name TEXT
    ) STRICT;
    """

  static let names = all(isPast: false).map(\.name) + optional.map(\.name)

  /// - Parameter isPast: whether tickets and tasks are read as `PastDesk` makes them, rather than as they stand.
  static func all(isPast: Bool) -> [(name: String, sql: String)] {
    let ticket = isPast ? PastDesk.ticketTable : "ticket"
    let task = isPast ? PastDesk.taskTable : "task"
    return [
      ("tickets", tickets(ticket)), ("open_tickets", openTickets(ticket)), ("open_counts", openCounts),
      ("recent_days", "SELECT * FROM recent_day"), ("pending_vobos", pendingVobos(ticket, task)),
      ("clocks", clocks("judged")), ("verdicts", verdicts("ticket")),
      ("transitions", transitions("ticket")), ("events", ticketEvents), ("tasks", tasks(task)),
      ("task_clocks", clocks("judged_task")), ("task_verdicts", verdicts("task")),
      ("task_transitions", transitions("task")), ("ended_clocks", endedClocks), ("task_events", taskEvents),
      ("time_spent", timeSpent),
      ("openings", "SELECT * FROM outlook"), ("booked_activities", bookedActivities(ticket)),
      ("activities", activities), ("articles", articles),
      (
        "users",
        """
        SELECT u.login, u.name, u.role, u.mail, u.language, u.zone, c.name AS client, u.booking, s.name AS stand_in,
          u.away_until, u.active AS is_active
        FROM user u
        LEFT JOIN client c ON c.id = u.client_id
        LEFT JOIN user s ON s.id = u.stand_in_id
        """
      ),
      ("clients", "SELECT name, active AS is_active FROM client"),
      ("products", "SELECT name, active AS is_active FROM product"),
      ("providers", "SELECT name, active AS is_active FROM provider"),
      (
        "sweeps",
        """
        SELECT r.swept_at, r.swept_event AS seen_event, r.last_event, r.last_event - r.swept_event AS unseen_events,
          p.hash AS policy_version, a.applied_at
        FROM report_run r
        LEFT JOIN policy_application a ON a.id = (
          SELECT max(id) FROM policy_application WHERE applied_at <= (SELECT as_of FROM report_run))
        LEFT JOIN policy_version p ON p.id = a.policy_version_id
        """
      ),
    ]
  }
}
