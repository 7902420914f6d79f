WITH
  spent AS (
    SELECT s.number, s.cycle, s.holder, s.technician, s.technician_login, s.seconds, s.turns, t.title, t.client, t.product,
      t.assigned, t.status, t.late_s, t.deadline, t.closed_at
    FROM time_spent s JOIN tickets t ON t.number = s.number
    WHERE (:client IS NULL OR t.client = :client) AND (:technician IS NULL OR t.assigned_login = :technician)
      AND (:product IS NULL OR t.product = :product)
  )
SELECT holder, technician, technician_login, count(DISTINCT number || '/' || cycle) AS tickets, sum(seconds) AS used_hours,
  sum(seconds) * 1.0 / nullif((SELECT sum(seconds) FROM spent), 0) AS share, sum(turns) AS turns,
  max(seconds) AS longest_hours
FROM spent
GROUP BY holder, technician_login
ORDER BY used_hours DESC, holder, technician
