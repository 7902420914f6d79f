SELECT
  count(*) FILTER (WHERE status = 'open' AND (situation = 'late' OR due_at < :as_of)) AS late,
  count(*) FILTER (WHERE status = 'open') AS open,
  count(*) FILTER (WHERE vobo = 'pending') AS wants_vobo,
  count(*) FILTER (
    -- The last that was said of its end was a refusal, which opened it again.
    WHERE status = 'open' AND 'vobo' IS (
      SELECT e.kind FROM task_events e
      WHERE e.number = tasks.number AND e.kind IN ('closed', 'reopened', 'vobo') ORDER BY e.sequence DESC LIMIT 1
    )
  ) AS refused,
  count(*) FILTER (WHERE vobo = 'pending' AND situation = 'late') AS late_vobo,
  (
    SELECT count(*) FROM tickets
    WHERE vobo = 'pending' AND (:technician IS NULL OR responsible_login = :technician)
  ) AS tickets
FROM tasks
WHERE (:technician IS NULL OR technician_login = :technician OR given_by_login = :technician)
