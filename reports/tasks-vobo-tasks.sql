SELECT number,
  CASE
    WHEN vobo = 'refused' THEN 'refused'
    WHEN vobo = 'pending' AND situation = 'late' THEN 'late-vobo'
    WHEN vobo = 'pending' THEN 'wants-vobo'
    WHEN situation = 'late' OR due_at < :as_of THEN 'late'
    WHEN situation = 'near-due' THEN 'near-due'
    ELSE 'open'
  END AS state,
  title, technician, iif(vobo = 'pending', given_by, technician) AS waits_on, given_by, ticket, plazo, opened_at,
  coalesce(deadline, due_at) AS due_at, remaining_s AS remaining_hours, closed_at, :as_of - coalesce(closed_at, opened_at) AS waiting_hours, reopened
FROM tasks
WHERE (status = 'open' OR vobo IN ('pending', 'refused'))
  AND (:technician IS NULL OR technician_login = :technician OR given_by_login = :technician)
ORDER BY CASE state WHEN 'late' THEN 0 WHEN 'refused' THEN 1 WHEN 'late-vobo' THEN 2 WHEN 'wants-vobo' THEN 3
  WHEN 'near-due' THEN 4 ELSE 5 END,
  waiting_hours DESC, number
