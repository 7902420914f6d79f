SELECT number,
  CASE
    WHEN vobo = 'pending' AND situation = 'late' THEN 'late-vobo'
    WHEN vobo = 'pending' THEN 'wants-vobo'
    WHEN situation = 'late' OR due_at < :as_of THEN 'late'
    WHEN situation = 'near-due' THEN 'near-due'
    WHEN is_refused THEN 'refused'
    ELSE 'open'
  END AS state,
  title, technician, iif(vobo = 'pending', given_by, technician) AS waits_on, given_by, ticket, plazo, opened_at,
  coalesce(deadline, due_at) AS due_at, remaining_s AS remaining_hours, closed_at,
  :as_of - coalesce(closed_at, opened_at) AS waiting_hours, reopened
FROM (
  -- Refused is what a refusal opened again: the last that was said of its end.
  SELECT *, status = 'open' AND 'vobo' IS (
    SELECT e.kind FROM task_events e
    WHERE e.number = tasks.number AND e.kind IN ('closed', 'reopened', 'vobo') ORDER BY e.sequence DESC LIMIT 1
  ) AS is_refused
  FROM tasks
)
WHERE (status = 'open' OR vobo = 'pending')
  AND (:technician IS NULL OR technician_login = :technician OR given_by_login = :technician)
ORDER BY CASE state WHEN 'late' THEN 0 WHEN 'late-vobo' THEN 1 WHEN 'near-due' THEN 2 WHEN 'refused' THEN 3
  WHEN 'wants-vobo' THEN 4 ELSE 5 END,
  waiting_hours DESC, number
