/// How clocks stand and ended, what happened to their tickets and tasks, and where time went.
extension ReportViews {
  static func clocks(_ table: String) -> String {
    """
    SELECT owner_id AS number, kind AS clock, situation, deadline, original_deadline, moves, remaining_s, used_s, budget_s,
      late_s, near_at, is_paused, policy, plazo, cycle, calendar
    FROM \(table)
    """
  }

  /// - Parameter owner: `ticket` or `task`.
  static func verdicts(_ owner: String) -> String {
    """
    SELECT v.id, v.\(owner)_id AS number, v.kind AS clock, v.cycle, v.started_at, v.stopped_at, v.outcome,
      v.original_outcome, v.deadline, v.original_deadline, v.moves, v.budget_s, v.used_s, v.late_s, v.policy, v.plazo,
      p.hash AS policy_version, c.name AS calendar, c.hash AS calendar_version, v.recorded_at,
      EXISTS (
        SELECT 1 FROM \(owner)_verdict s WHERE s.supersedes_id = v.id AND s.recorded_at <= \(asOf)
      ) AS is_superseded, v.supersedes_id AS supersedes, v.reason
    FROM \(owner)_verdict v
    LEFT JOIN policy_version p ON p.id = v.policy_version_id
    LEFT JOIN calendar_version c ON c.id = v.calendar_id
    WHERE v.stopped_at <= \(asOf) AND v.recorded_at <= \(asOf)
    UNION ALL
    SELECT NULL, u.owner_id, u.kind, u.cycle, u.started_at, u.stopped_at, u.outcome, u.original_outcome, u.deadline,
      u.original_deadline, u.moves, u.budget_s, u.used_s, u.late_s, u.policy, u.plazo, p.hash, c.name, c.hash, NULL, 0,
      NULL, NULL
    FROM unfrozen u
    LEFT JOIN policy_version p ON p.id = u.policy_version_id
    LEFT JOIN calendar_version c ON c.id = u.calendar_id
    WHERE u.owner = '\(owner)'
    """
  }

  /// The verdicts that count, of tickets and of tasks, with what they are about.
  static let endedClocks = """
    SELECT 'ticket' AS owner, v.number, v.clock, v.cycle, v.started_at, v.stopped_at, v.outcome,
      coalesce(v.original_outcome, v.outcome) AS original_outcome, v.deadline, v.original_deadline, v.moves, v.budget_s,
      v.used_s, v.late_s, v.policy, v.plazo, t.title, t.client, t.product, t.assigned AS technician,
      t.assigned_login AS technician_login
    FROM verdicts v JOIN tickets t ON t.number = v.number
    WHERE NOT v.is_superseded
    UNION ALL
    SELECT 'task', v.number, v.clock, v.cycle, v.started_at, v.stopped_at, v.outcome,
      coalesce(v.original_outcome, v.outcome), v.deadline, v.original_deadline, v.moves, v.budget_s, v.used_s, v.late_s,
      v.policy, v.plazo, k.title, NULL, NULL, iif(v.clock = 'vobo', k.given_by, k.technician),
      iif(v.clock = 'vobo', k.given_by_login, k.technician_login)
    FROM task_verdicts v JOIN tasks k ON k.number = v.number
    WHERE NOT v.is_superseded
    """

  static func transitions(_ owner: String) -> String {
    """
    SELECT id, \(owner)_id AS number, kind AS clock, cycle, from_situation, to_situation, happened_at, recorded_at, deadline
    FROM \(owner)_transition
    WHERE happened_at <= \(asOf) AND recorded_at <= \(asOf)
    """
  }

  static let ticketEvents = """
    SELECT e.sequence, e.ticket_id AS number, e.kind, e.happened_at, e.recorded_at, u.name AS actor,
      u.login AS actor_login, e.import_id IS NOT NULL AS is_imported, e.value,
      CASE
        WHEN e.kind IN ('assigned', 'responsible') THEN n.name
        WHEN e.kind = 'edited' AND e.detail = 'client' THEN (SELECT name FROM client WHERE id = CAST(e.value AS INTEGER))
        WHEN e.kind = 'edited' AND e.detail = 'product' THEN (SELECT name FROM product WHERE id = CAST(e.value AS INTEGER))
        WHEN e.kind = 'edited' AND e.detail = 'provider' THEN (SELECT name FROM provider WHERE id = CAST(e.value AS INTEGER))
        WHEN e.kind IN ('aside', 'target') THEN local_date(CAST(e.value AS INTEGER)) || ' ' || local_time(CAST(e.value AS INTEGER))
        ELSE e.value
      END AS said,
      iif(e.kind = 'opened', NULL, e.detail) AS detail
    FROM ticket_event e
    LEFT JOIN user u ON u.id = e.actor_id
    LEFT JOIN user n ON e.kind IN ('assigned', 'responsible') AND n.id = CAST(e.value AS INTEGER)
    WHERE e.happened_at <= \(asOf) AND e.sequence <= \(lastEvent)
    """

  static let taskEvents = """
    SELECT e.sequence, e.task_id AS number, e.kind, e.happened_at, e.recorded_at, u.name AS actor,
      u.login AS actor_login, e.value,
      CASE
        WHEN e.kind = 'assigned' THEN n.name
        WHEN e.kind = 'target' THEN local_date(CAST(e.value AS INTEGER)) || ' ' || local_time(CAST(e.value AS INTEGER))
        ELSE e.value
      END AS said,
      iif(e.kind = 'opened', NULL, e.detail) AS detail
    FROM task_event e
    LEFT JOIN user u ON u.id = e.actor_id
    LEFT JOIN user n ON e.kind = 'assigned' AND n.id = CAST(e.value AS INTEGER)
    WHERE e.happened_at <= \(asOf) AND e.sequence <= \(lastEvent)
    """

  static let timeSpent = """
    SELECT s.ticket_id AS number, s.cycle, s.holder, u.name AS technician, u.login AS technician_login, s.seconds, s.turns
    FROM spent s
    LEFT JOIN user u ON u.id = s.user_id
    """
}
