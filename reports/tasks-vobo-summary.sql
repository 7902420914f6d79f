SELECT
  count(*) FILTER (WHERE status = 'open' AND (situation = 'late' OR due_at < :as_of)) AS late,
  count(*) FILTER (WHERE status = 'open') AS open,
  count(*) FILTER (WHERE vobo = 'pending') AS wants_vobo,
  count(*) FILTER (WHERE vobo = 'refused') AS refused,
  count(*) FILTER (WHERE vobo = 'pending' AND situation = 'late') AS late_vobo,
  (
    SELECT count(*) FROM tickets
    WHERE vobo IN ('pending', 'refused') AND (:technician IS NULL OR responsible_login = :technician)
  ) AS tickets
FROM tasks
WHERE (:technician IS NULL OR technician_login = :technician OR given_by_login = :technician)
