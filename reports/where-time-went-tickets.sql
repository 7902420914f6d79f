WITH
  spent AS (
    SELECT s.number, s.cycle, s.holder, s.technician, s.technician_login, s.seconds, s.turns, t.title, t.client, t.product,
      t.assigned, t.status, t.late_s, t.deadline, t.closed_at
    FROM time_spent s JOIN tickets t ON t.number = s.number
    WHERE (:client IS NULL OR t.client = :client) AND (:technician IS NULL OR t.assigned_login = :technician)
      AND (:product IS NULL OR t.product = :product)
  )
SELECT number, cycle, title, client, status, sum(seconds) AS used_hours,
  coalesce(sum(seconds) FILTER (WHERE holder = 'technician'), 0) AS support_hours,
  coalesce(sum(seconds) FILTER (WHERE holder = 'unassigned'), 0) AS unassigned_hours,
  coalesce(sum(seconds) FILTER (WHERE holder = 'client'), 0) AS client_hours,
  coalesce(sum(seconds) FILTER (WHERE holder = 'provider'), 0) AS provider_hours,
  coalesce(sum(seconds) FILTER (WHERE holder = 'vobo'), 0) AS vobo_hours,
  -- Whoever had it longest.
  (SELECT s.holder FROM spent s WHERE s.number = spent.number AND s.cycle = spent.cycle ORDER BY s.seconds DESC, s.holder LIMIT 1)
    AS longest,
  sum(turns) AS turns, assigned, product, late_s AS late_hours, deadline, closed_at
FROM spent
GROUP BY number, cycle
ORDER BY used_hours DESC, number, cycle
