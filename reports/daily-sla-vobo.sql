SELECT number AS ticket, NULL AS task, title, client AS wanted_from, coalesce(assigned, responsible) AS technician,
  closed_at, :as_of - closed_at AS waiting_hours
FROM tickets
WHERE vobo = 'pending'
UNION ALL
SELECT NULL, number, title, given_by, technician, closed_at, :as_of - closed_at
FROM tasks
WHERE vobo = 'pending'
ORDER BY closed_at, ticket, task
