WITH
  -- Verdicts count by the instant at which they were frozen; one that another supersedes does not count.
  verdict AS (
    SELECT v.number, v.clock, v.cycle, v.started_at, v.stopped_at, v.outcome,
      coalesce(v.original_outcome, v.outcome) AS original_outcome, v.deadline, v.original_deadline, v.moves, v.budget_s,
      v.used_s, v.late_s, v.policy, v.plazo, t.title, t.client, t.product, t.assigned AS technician,
      t.assigned_login AS technician_login, v.stopped_at >= :from AS is_now
    FROM verdicts v JOIN tickets t ON t.number = v.number
    WHERE v.stopped_at >= :before AND v.stopped_at < :to AND NOT v.is_superseded
      AND (:client IS NULL OR t.client = :client) AND (:technician IS NULL OR t.assigned_login = :technician)
      AND (:product IS NULL OR t.product = :product)
    UNION ALL
    SELECT v.number, v.clock, v.cycle, v.started_at, v.stopped_at, v.outcome,
      coalesce(v.original_outcome, v.outcome), v.deadline, v.original_deadline, v.moves, v.budget_s, v.used_s, v.late_s,
      v.policy, v.plazo, k.title, NULL, NULL, iif(v.clock = 'vobo', k.given_by, k.technician),
      iif(v.clock = 'vobo', k.given_by_login, k.technician_login), v.stopped_at >= :from
    FROM task_verdicts v JOIN tasks k ON k.number = v.number
    WHERE v.stopped_at >= :before AND v.stopped_at < :to AND NOT v.is_superseded AND :client IS NULL AND :product IS NULL
      AND (:technician IS NULL OR iif(v.clock = 'vobo', k.given_by_login, k.technician_login) = :technician)
  )
SELECT iif(clock IN ('completion', 'vobo'), NULL, number) AS ticket, iif(clock IN ('completion', 'vobo'), number, NULL) AS task,
  clock, cycle, title, client, product, technician, stopped_at, outcome, original_outcome, deadline, late_s AS late_hours,
  moves, original_deadline, started_at, budget_s AS budget_hours, used_s AS used_hours, policy, plazo
FROM verdict
WHERE is_now
ORDER BY CASE outcome WHEN 'late' THEN 0 WHEN 'kept' THEN 1 ELSE 2 END, late_s DESC, stopped_at, clock, number
