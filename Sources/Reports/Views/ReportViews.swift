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
      today TEXT NOT NULL
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

  static let names = all.map(\.name) + ofAlerts.map(\.name)

  static let all: [(name: String, sql: String)] = [
    ("tickets", tickets),
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
        EXISTS (SELECT 1 FROM ticket_verdict s WHERE s.supersedes_id = v.id) AS is_superseded, v.supersedes_id AS supersedes,
        v.reason
      FROM ticket_verdict v
      LEFT JOIN policy_version p ON p.id = v.policy_version_id
      LEFT JOIN calendar_version c ON c.id = v.calendar_id
      WHERE v.stopped_at <= (SELECT as_of FROM report_run)
      """
    ),
    (
      "transitions",
      """
      SELECT id, ticket_id AS number, kind AS clock, from_situation, to_situation, happened_at, recorded_at, deadline
      FROM ticket_transition
      WHERE happened_at <= (SELECT as_of FROM report_run)
      """
    ),
    (
      "events",
      """
      SELECT e.sequence, e.ticket_id AS number, e.kind, e.happened_at, e.recorded_at, u.name AS actor,
        u.login AS actor_login, e.import_id IS NOT NULL AS is_imported, e.value
      FROM ticket_event e
      LEFT JOIN user u ON u.id = e.actor_id
      WHERE e.happened_at <= (SELECT as_of FROM report_run)
      """
    ),
    ("tasks", tasks),
    ("booked_activities", bookedActivities),
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
      SELECT s.swept_at, s.last_event AS seen_event, q.last AS last_event, q.last - s.last_event AS unseen_events,
        p.hash AS policy_version, p.applied_at
      FROM event_sequence q
      LEFT JOIN sweep_state s ON s.id = 1
      LEFT JOIN policy_version p ON p.id = s.policy_version_id
      WHERE q.id = 1
      """
    ),
  ]

  private static let tickets = """
    SELECT t.id AS number, t.external_number, c.name AS client, p.name AS product, v.name AS provider, t.priority,
      t.title, g.name AS registered_by, r.name AS responsible, r.login AS responsible_login, a.name AS assigned,
      a.login AS assigned_login, iif(t.is_open, 'open', 'closed') AS status, t.waiting_on,
      iif(t.is_open, NULL, t.vobo) AS vobo,
      iif(t.is_open, coalesce(j.situation, 'on-time'), iif(x.outcome = 'late', 'late', 'on-time')) AS situation,
      coalesce(j.kind, x.kind) AS clock, coalesce(j.plazo, x.plazo, t.plazo) AS plazo, coalesce(j.policy, x.policy) AS policy,
      coalesce(j.budget_s, x.budget_s, j.deadline, x.deadline) IS NOT NULL AS has_plazo,
      t.opened_at, iif(t.is_open, NULL, t.closed_at) AS closed_at,
      iif(t.is_open, (SELECT as_of FROM report_run), t.closed_at) - t.opened_at AS age_s,
      coalesce(j.deadline, x.deadline) AS deadline,
      coalesce(j.original_deadline, x.original_deadline) AS original_deadline, coalesce(j.moves, x.moves, 0) AS moves,
      j.remaining_s, coalesce(j.used_s, x.used_s) AS used_s, coalesce(j.budget_s, x.budget_s) AS budget_s,
      coalesce(j.late_s, x.late_s) AS late_s, j.near_at, coalesce(j.is_paused, 0) AS is_paused, x.outcome,
      x.original_outcome, t.reopened, t.aside_until
    FROM (
      SELECT *, closed_at IS NULL OR closed_at > (SELECT as_of FROM report_run) AS is_open
      FROM ticket WHERE opened_at <= (SELECT as_of FROM report_run)
    ) t
    JOIN client c ON c.id = t.client_id
    LEFT JOIN product p ON p.id = t.product_id
    LEFT JOIN provider v ON v.id = t.provider_id
    LEFT JOIN user g ON g.id = t.registered_by
    LEFT JOIN user r ON r.id = t.responsible_id
    LEFT JOIN user a ON a.id = t.assigned_id
    LEFT JOIN report_worst j ON t.is_open AND j.ticket_id = t.id
    LEFT JOIN ticket_verdict x ON NOT t.is_open AND x.id = (
      SELECT l.id FROM ticket_verdict l
      WHERE l.ticket_id = t.id AND l.stopped_at <= (SELECT as_of FROM report_run)
        AND NOT EXISTS (SELECT 1 FROM ticket_verdict s WHERE s.supersedes_id = l.id)
      ORDER BY l.stopped_at DESC, l.kind = 'resolution' DESC, l.id DESC LIMIT 1)
    """

  private static let tasks = """
    SELECT k.id AS number, k.title, g.name AS given_by, g.login AS given_by_login, t.name AS technician,
      t.login AS technician_login, k.ticket_id AS ticket, k.opened_at, k.plazo, k.due_at,
      iif(k.is_open, 'open', 'closed') AS status, iif(k.is_open, NULL, k.closed_at) AS closed_at,
      iif(k.is_open, NULL, k.vobo) AS vobo, b.name AS vobo_by, k.vobo_at, k.reopened
    FROM (
      SELECT *, closed_at IS NULL OR closed_at > (SELECT as_of FROM report_run) AS is_open
      FROM task WHERE opened_at <= (SELECT as_of FROM report_run)
    ) k
    JOIN user g ON g.id = k.given_by
    JOIN user t ON t.id = k.technician_id
    LEFT JOIN user b ON b.id = k.vobo_by
    """

  /// Every entry of hours that ever was. What it leaves out of `activities` are those that do not count.
  private static let bookedActivities = """
    SELECT a.id AS number, u.name AS technician, u.login AS technician_login, a.booking, a.day, a.started_at,
      a.started_at + a.seconds AS ended_at, a.seconds, a.description, a.ticket_id AS ticket, a.task_id AS task,
      coalesce(c.name, d.name) AS client, a.recorded_at, b.name AS recorded_by, a.corrects_id AS corrects,
      coalesce(w.reason, a.reason) AS reason,
      unlikely_time(u.calendar, a.day, a.started_at, a.seconds, (
        SELECT sum(s.seconds) FROM standing_activity s WHERE s.technician_id = a.technician_id AND s.day = a.day
      )) AS unlikely,
      CASE
        WHEN EXISTS (SELECT 1 FROM activity z WHERE z.corrects_id = a.id) THEN 'corrected'
        WHEN w.activity_id IS NOT NULL THEN 'void'
        ELSE 'standing'
      END AS state
    FROM activity a
    JOIN user u ON u.id = a.technician_id
    JOIN user b ON b.id = a.recorded_by
    LEFT JOIN client c ON c.id = a.client_id
    LEFT JOIN ticket t ON t.id = a.ticket_id
    LEFT JOIN client d ON d.id = t.client_id
    LEFT JOIN activity_void w ON w.activity_id = a.id
    WHERE a.day <= (SELECT today FROM report_run)
    """

  private static let activities = """
    SELECT number, technician, technician_login, booking, day, started_at, ended_at, seconds, description, ticket, task,
      client, recorded_at, recorded_by, corrects, reason, unlikely
    FROM booked_activities
    WHERE state = 'standing'
    """

  private static let articles = """
    SELECT a.id AS number, a.title, p.name AS product, a.ticket_id AS ticket, u.name AS author, a.written_at,
      a.changed_at, a.version, a.active AS is_active
    FROM article a
    LEFT JOIN product p ON p.id = a.product_id
    LEFT JOIN user u ON u.id = a.author_id
    WHERE a.written_at <= (SELECT as_of FROM report_run)
    """
}
