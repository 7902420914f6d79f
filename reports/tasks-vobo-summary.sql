SELECT
  count(*) FILTER (WHERE status = 'open' AND due_at < :as_of) AS late,
  count(*) FILTER (WHERE status = 'open') AS open,
  count(*) FILTER (WHERE vobo = 'pending') AS wants_vobo,
  count(*) FILTER (WHERE vobo = 'refused') AS refused,
  (SELECT count(*) FROM tickets WHERE vobo IN ('pending', 'refused')) AS tickets
FROM tasks
