WITH
  spent AS (
    SELECT s.number, s.cycle, s.holder, s.technician, s.technician_login, s.seconds, s.turns, t.title, t.client, t.product,
      t.assigned, t.status, t.late_s, t.deadline, t.closed_at
    FROM time_spent s JOIN tickets t ON t.number = s.number
    WHERE (:client IS NULL OR t.client = :client) AND (:technician IS NULL OR t.assigned_login = :technician)
      AND (:product IS NULL OR t.product = :product)
  )
SELECT count(DISTINCT number || '/' || cycle) AS tickets, coalesce(sum(seconds), 0) AS used_hours,
  coalesce(sum(seconds) FILTER (WHERE holder = 'technician'), 0) AS support_hours,
  coalesce(sum(seconds) FILTER (WHERE holder = 'unassigned'), 0) AS unassigned_hours,
  coalesce(sum(seconds) FILTER (WHERE holder = 'client'), 0) AS client_hours,
  coalesce(sum(seconds) FILTER (WHERE holder = 'provider'), 0) AS provider_hours,
  coalesce(sum(seconds) FILTER (WHERE holder = 'vobo'), 0) AS vobo_hours
FROM spent
