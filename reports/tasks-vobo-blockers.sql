WITH wait AS (
  SELECT technician AS blocker, given_by AS blocked, 'task' AS kind, :as_of - opened_at AS age
  FROM tasks WHERE status = 'open'
  UNION ALL
  SELECT given_by, technician, 'task-vobo', :as_of - closed_at FROM tasks WHERE vobo = 'pending'
  UNION ALL
  SELECT client, coalesce(responsible, assigned), 'ticket-vobo', :as_of - closed_at FROM tickets WHERE vobo = 'pending'
)
SELECT blocker, blocked, count(*) FILTER (WHERE kind = 'task') AS tasks,
  count(*) FILTER (WHERE kind = 'task-vobo') AS task_vobos,
  count(*) FILTER (WHERE kind = 'ticket-vobo') AS ticket_vobos, max(age) AS oldest_hours
FROM wait
WHERE blocker IS NOT blocked
GROUP BY blocker, blocked
ORDER BY count(*) DESC, oldest_hours DESC, blocker, blocked
