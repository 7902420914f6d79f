SELECT number,
  CASE
    WHEN vobo = 'refused' THEN 'refused'
    WHEN vobo = 'pending' THEN 'wants-vobo'
    WHEN due_at < :as_of THEN 'late'
    ELSE 'open'
  END AS state,
  title, technician, iif(vobo = 'pending', given_by, technician) AS waits_on, given_by, ticket, plazo, opened_at,
  due_at, closed_at, :as_of - coalesce(closed_at, opened_at) AS waiting_hours, reopened
FROM tasks
WHERE status = 'open' OR vobo IN ('pending', 'refused')
ORDER BY CASE state WHEN 'late' THEN 0 WHEN 'refused' THEN 1 WHEN 'wants-vobo' THEN 2 ELSE 3 END,
  waiting_hours DESC, number
