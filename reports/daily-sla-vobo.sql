SELECT ticket, task, title, wanted_from, coalesce(assigned, responsible) AS technician, closed_at,
  :as_of - closed_at AS waiting_hours
FROM pending_vobos
WHERE (:client IS NULL OR client = :client) AND (:technician IS NULL OR assigned_login = :technician)
  AND (:product IS NULL OR product = :product)
ORDER BY closed_at, ticket, task
