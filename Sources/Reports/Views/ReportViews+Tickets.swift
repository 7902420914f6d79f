/// Tickets and tasks, read from a table that has the rows of `ticket` or `task` as they stand or as they were.
extension ReportViews {
  static func tickets(_ table: String) -> String {
    """
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
      FROM \(table) WHERE opened_at <= (SELECT as_of FROM report_run)
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
        AND l.recorded_at <= (SELECT as_of FROM report_run)
        AND NOT EXISTS (
          SELECT 1 FROM ticket_verdict s WHERE s.supersedes_id = l.id AND s.recorded_at <= (SELECT as_of FROM report_run))
      ORDER BY l.stopped_at DESC, l.kind = 'resolution' DESC, l.id DESC LIMIT 1)
    """
  }

  static func tasks(_ table: String) -> String {
    """
    SELECT k.id AS number, k.title, g.name AS given_by, g.login AS given_by_login, t.name AS technician,
      t.login AS technician_login, k.ticket_id AS ticket, k.opened_at, k.plazo, k.due_at,
      iif(k.is_open, 'open', 'closed') AS status, iif(k.is_open, NULL, k.closed_at) AS closed_at,
      iif(k.is_open, NULL, k.vobo) AS vobo, b.name AS vobo_by, k.vobo_at, k.reopened
    FROM (
      SELECT *, closed_at IS NULL OR closed_at > (SELECT as_of FROM report_run) AS is_open
      FROM \(table) WHERE opened_at <= (SELECT as_of FROM report_run)
    ) k
    JOIN user g ON g.id = k.given_by
    JOIN user t ON t.id = k.technician_id
    LEFT JOIN user b ON b.id = k.vobo_by
    """
  }
}
