internal import Desk

/// What the SQL of a report may read: temporary views of the desk as it was at the as-of instant.
///
/// They are a promise. `reports/README.md` tells every column, and a test holds it against them.
enum ReportViews {
  /// How a clock stands, in both tables of judged clocks.
  private static let judgement = """
    situation TEXT NOT NULL, deadline INTEGER, remaining_s INTEGER, used_s INTEGER, budget_s INTEGER, late_s INTEGER,
    near_at INTEGER, is_paused INTEGER NOT NULL, policy TEXT NOT NULL, plazo TEXT, cycle INTEGER NOT NULL,
    moves INTEGER NOT NULL, original_deadline INTEGER
    """

  /// The tables behind the views; no report names them.
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
      ticket_id INTEGER NOT NULL,
      kind TEXT NOT NULL,
      \(judgement),
      PRIMARY KEY (ticket_id, kind)
    ) STRICT, WITHOUT ROWID;
    -- Of those, each ticket's worst, because nearly every section asks for it.
    CREATE TEMP TABLE report_worst (
      ticket_id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      \(judgement)
    ) STRICT;
    """

  static let names = all(isPast: false).map(\.name) + ofAlerts.map(\.name)

  /// - Parameter isPast: whether tickets and tasks are read as `PastDesk` makes them, rather than as they stand.
  static func all(isPast: Bool) -> [(name: String, sql: String)] {
    let ticket = isPast ? PastDesk.ticketTable : "ticket"
    let task = isPast ? PastDesk.taskTable : "task"
    return [
      ("tickets", tickets(ticket)),
      (
        "clocks",
        """
        SELECT ticket_id AS number, kind AS clock, situation, deadline, original_deadline, moves, remaining_s, used_s,
          budget_s, late_s, near_at, is_paused, policy, plazo, cycle
        FROM judged
        """
      ),
      (
        "verdicts",
        """
        SELECT v.id, v.ticket_id AS number, v.kind AS clock, v.cycle, v.started_at, v.stopped_at, v.outcome,
          v.original_outcome, v.deadline, v.original_deadline, v.moves, v.budget_s, v.used_s, v.late_s, v.policy, v.plazo,
          p.hash AS policy_version, c.name AS calendar, c.hash AS calendar_version, v.recorded_at,
          EXISTS (
            SELECT 1 FROM ticket_verdict s WHERE s.supersedes_id = v.id AND s.recorded_at <= (SELECT as_of FROM report_run)
          ) AS is_superseded, v.supersedes_id AS supersedes,
          v.reason
        FROM ticket_verdict v
        LEFT JOIN policy_version p ON p.id = v.policy_version_id
        LEFT JOIN calendar_version c ON c.id = v.calendar_id
        WHERE v.stopped_at <= (SELECT as_of FROM report_run) AND v.recorded_at <= (SELECT as_of FROM report_run)
        """
      ),
      (
        "transitions",
        """
        SELECT id, ticket_id AS number, kind AS clock, from_situation, to_situation, happened_at, recorded_at, deadline
        FROM ticket_transition
        WHERE happened_at <= (SELECT as_of FROM report_run) AND recorded_at <= (SELECT as_of FROM report_run)
        """
      ),
      (
        "events",
        """
        SELECT e.sequence, e.ticket_id AS number, e.kind, e.happened_at, e.recorded_at, u.name AS actor,
          u.login AS actor_login, e.import_id IS NOT NULL AS is_imported, e.value
        FROM ticket_event e
        LEFT JOIN user u ON u.id = e.actor_id
        WHERE e.happened_at <= (SELECT as_of FROM report_run) AND e.sequence <= (SELECT last_event FROM report_run)
        """
      ),
      ("tasks", tasks(task)),
      ("booked_activities", bookedActivities(ticket)),
      ("activities", activities),
      ("articles", articles),
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
