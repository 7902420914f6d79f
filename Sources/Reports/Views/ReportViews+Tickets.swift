/// Tickets and tasks, read from a table that has the rows of `ticket` or `task` as they stand or as they were.
extension ReportViews {
  /// What the last verdict of a closed ticket says: one that is not frozen yet is later than any that is.
  private static func closed(_ column: String) -> String { "iif(f.ticket_id IS NULL, x.\(column), f.\(column))" }

  static func tickets(_ table: String) -> String {
    """
    SELECT t.id AS number, t.external_number, c.name AS client, p.name AS product, v.name AS provider, t.priority,
      t.title, g.name AS registered_by, r.name AS responsible, r.login AS responsible_login, a.name AS assigned,
      a.login AS assigned_login, iif(t.is_open, 'open', 'closed') AS status, t.waiting_on,
      iif(t.is_open, NULL, t.vobo) AS vobo,
      iif(t.is_open, coalesce(j.situation, 'on-time'), iif(\(closed("outcome")) = 'late', 'late', 'on-time')) AS situation,
      coalesce(j.kind, \(closed("kind"))) AS clock, coalesce(j.plazo, \(closed("plazo")), t.plazo) AS plazo,
      coalesce(j.policy, \(closed("policy"))) AS policy, j.calendar,
      coalesce(j.budget_s, \(closed("budget_s")), j.deadline, \(closed("deadline"))) IS NOT NULL AS has_plazo,
      t.opened_at, iif(t.is_open, NULL, t.closed_at) AS closed_at,
      iif(t.is_open, \(asOf), t.closed_at) - t.opened_at AS age_s,
      coalesce(j.deadline, \(closed("deadline"))) AS deadline,
      coalesce(j.original_deadline, \(closed("original_deadline"))) AS original_deadline,
      coalesce(j.moves, \(closed("moves")), 0) AS moves, j.remaining_s, coalesce(j.used_s, \(closed("used_s"))) AS used_s,
      coalesce(j.budget_s, \(closed("budget_s"))) AS budget_s, coalesce(j.late_s, \(closed("late_s"))) AS late_s, j.near_at,
      coalesce(j.is_paused, 0) AS is_paused, \(closed("outcome")) AS outcome,
      \(closed("original_outcome")) AS original_outcome, t.reopened, t.aside_until
    FROM (
      SELECT *, closed_at IS NULL OR closed_at > \(asOf) AS is_open
      FROM \(table) WHERE opened_at <= \(asOf)
    ) t
    LEFT JOIN client c ON c.id = t.client_id
    LEFT JOIN product p ON p.id = t.product_id
    LEFT JOIN provider v ON v.id = t.provider_id
    LEFT JOIN user g ON g.id = t.registered_by
    LEFT JOIN user r ON r.id = t.responsible_id
    LEFT JOIN user a ON a.id = t.assigned_id
    -- What an open ticket has not is not looked for, nor what a closed one has not.
    LEFT JOIN report_worst j ON j.ticket_id = iif(t.is_open, t.id, NULL)
    LEFT JOIN unfrozen_last f ON f.ticket_id = iif(t.is_open, NULL, t.id)
    LEFT JOIN ticket_verdict x ON x.id = iif(t.is_open, NULL, (
      SELECT l.id FROM ticket_verdict l
      WHERE l.ticket_id = t.id AND l.stopped_at <= \(asOf)
        AND l.recorded_at <= \(asOf)
        AND NOT EXISTS (
          SELECT 1 FROM ticket_verdict s WHERE s.supersedes_id = l.id AND s.recorded_at <= \(asOf))
      ORDER BY l.stopped_at DESC, l.kind = 'resolution' DESC, l.id DESC LIMIT 1))
    """
  }

  /// The open ones alone, led by their clocks: a query for those due soon reads no others.
  ///
  /// Every one has its ticket and client; the outer joins are for SQLite, which leaves out those that a query has no use for.
  static func openTickets(_ table: String) -> String {
    """
    SELECT j.ticket_id AS number, t.external_number, c.name AS client, p.name AS product, v.name AS provider, t.priority,
      t.title, g.name AS registered_by, r.name AS responsible, r.login AS responsible_login, a.name AS assigned,
      a.login AS assigned_login, t.waiting_on, j.situation, j.kind AS clock, coalesce(j.plazo, t.plazo) AS plazo, j.policy,
      j.calendar, coalesce(j.budget_s, j.deadline) IS NOT NULL AS has_plazo, t.opened_at,
      \(asOf) - t.opened_at AS age_s, j.deadline, j.original_deadline, j.moves, j.remaining_s, j.used_s, j.budget_s,
      j.late_s, j.near_at, j.is_paused, t.reopened, t.aside_until
    FROM report_worst j
    LEFT JOIN \(table) t ON t.id = j.ticket_id
    LEFT JOIN client c ON c.id = t.client_id
    LEFT JOIN product p ON p.id = t.product_id
    LEFT JOIN provider v ON v.id = t.provider_id
    LEFT JOIN user g ON g.id = t.registered_by
    LEFT JOIN user r ON r.id = t.responsible_id
    LEFT JOIN user a ON a.id = t.assigned_id
    """
  }

  /// How many are open, counted while they were judged.
  static let openCounts = """
    SELECT o."by" AS grouped_by, c.name AS client, p.name AS product, u.name AS technician, u.login AS technician_login, o.waiting_on,
      o.situation, o.has_plazo, o.tickets, o.worst_late_s, o.next_deadline, o.oldest_at
    FROM open_count o
    LEFT JOIN client c ON c.id = o.client_id
    LEFT JOIN product p ON p.id = o.product_id
    LEFT JOIN user u ON u.id = o.assigned_id
    """

  /// What was closed and has no VoBo yet; an index has them.
  static func pendingVobos(_ tickets: String, _ tasks: String) -> String {
    """
    SELECT t.id AS ticket, NULL AS task, t.title, c.name AS client, p.name AS product, r.name AS responsible,
      r.login AS responsible_login, a.name AS assigned, a.login AS assigned_login, c.name AS wanted_from, t.closed_at
    FROM \(tickets) t
    LEFT JOIN client c ON c.id = t.client_id
    LEFT JOIN product p ON p.id = t.product_id
    LEFT JOIN user r ON r.id = t.responsible_id
    LEFT JOIN user a ON a.id = t.assigned_id
    WHERE t.vobo = 'pending' AND t.closed_at <= \(asOf)
    UNION ALL
    SELECT NULL, k.id, k.title, NULL, NULL, g.name, g.login, t.name, t.login, g.name, k.closed_at
    FROM \(tasks) k
    JOIN user g ON g.id = k.given_by
    JOIN user t ON t.id = k.technician_id
    WHERE k.vobo = 'pending' AND k.closed_at <= \(asOf)
    """
  }

  static func tasks(_ table: String) -> String {
    """
    SELECT k.id AS number, k.title, g.name AS given_by, g.login AS given_by_login, t.name AS technician,
      t.login AS technician_login, k.ticket_id AS ticket, k.opened_at, k.plazo, k.due_at,
      iif(k.is_open, 'open', 'closed') AS status, iif(k.is_open, NULL, k.closed_at) AS closed_at,
      iif(k.is_open, NULL, k.vobo) AS vobo, b.name AS vobo_by, k.vobo_at, k.reopened,
      coalesce(j.situation, 'on-time') AS situation, j.kind AS clock, j.deadline, j.remaining_s, j.budget_s, j.used_s,
      j.late_s
    FROM (
      SELECT *, closed_at IS NULL OR closed_at > \(asOf) AS is_open
      FROM \(table) WHERE opened_at <= \(asOf)
    ) k
    JOIN user g ON g.id = k.given_by
    JOIN user t ON t.id = k.technician_id
    LEFT JOIN user b ON b.id = k.vobo_by
    LEFT JOIN judged_task j ON j.owner_id = k.id AND j.kind = iif(k.is_open, 'completion', 'vobo')
    """
  }
}
