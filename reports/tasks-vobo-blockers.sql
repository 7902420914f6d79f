-- A client is known by its name, a user by the login: two of one name are two.
WITH wait (blocker, blocker_login, blocked, blocked_login, kind, age) AS (
  SELECT technician, technician_login, given_by, given_by_login, 'task', :as_of - opened_at
  FROM tasks WHERE status = 'open'
  UNION ALL
  SELECT given_by, given_by_login, technician, technician_login, 'task-vobo', :as_of - closed_at
  FROM tasks WHERE vobo = 'pending'
  UNION ALL
  SELECT wanted_from, NULL, coalesce(responsible, assigned), coalesce(responsible_login, assigned_login), 'ticket-vobo',
    :as_of - closed_at
  FROM pending_vobos WHERE ticket IS NOT NULL
)
SELECT blocker, blocked, count(*) FILTER (WHERE kind = 'task') AS tasks,
  count(*) FILTER (WHERE kind = 'task-vobo') AS task_vobos,
  count(*) FILTER (WHERE kind = 'ticket-vobo') AS ticket_vobos, max(age) AS oldest_hours
FROM wait
WHERE (blocker_login IS NULL OR blocker_login IS NOT blocked_login)
  AND (:technician IS NULL OR blocker_login = :technician OR blocked_login = :technician)
GROUP BY blocker, blocker_login, blocked, blocked_login
ORDER BY count(*) DESC, oldest_hours DESC, blocker, blocked
