SELECT number AS ticket, NULL AS task, title, client AS wanted_from, coalesce(assigned, responsible) AS technician,
  closed_at, :as_of - closed_at AS waiting_hours
FROM tickets
WHERE vobo = 'pending' AND (:client IS NULL OR client = :client)
  AND (:technician IS NULL OR assigned_login = :technician) AND (:product IS NULL OR product = :product)
UNION ALL
SELECT NULL, number, title, given_by, technician, closed_at, :as_of - closed_at
FROM tasks
WHERE vobo = 'pending' AND :client IS NULL AND :product IS NULL
  AND (:technician IS NULL OR technician_login = :technician)
ORDER BY closed_at, ticket, task
