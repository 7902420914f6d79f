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
SELECT product, count(*) FILTER (WHERE is_now) AS verdicts,
  count(*) FILTER (WHERE is_now AND outcome = 'kept') AS kept,
  count(*) FILTER (WHERE is_now AND outcome = 'late') AS late,
  count(*) FILTER (WHERE is_now AND outcome = 'no-plazo') AS without_plazo,
  avg(outcome = 'kept') FILTER (WHERE is_now AND outcome <> 'no-plazo') AS kept_share,
  avg(original_outcome = 'kept') FILTER (WHERE is_now AND outcome <> 'no-plazo') AS original_share,
  avg(outcome = 'kept') FILTER (WHERE NOT is_now AND outcome <> 'no-plazo') AS before_share,
  max(late_s) FILTER (WHERE is_now AND outcome = 'late') AS worst_late_hours
FROM verdict
WHERE clock IN ('first-response', 'next-response', 'resolution')
GROUP BY product
HAVING count(*) FILTER (WHERE is_now) > 0
ORDER BY kept_share IS NULL, kept_share, verdicts DESC, product
