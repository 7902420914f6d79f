WITH
  spent AS (
    SELECT s.number, s.cycle, s.holder, s.technician, s.technician_login, s.seconds, s.turns, t.title, t.client, t.product,
      t.assigned, t.status, t.late_s, t.deadline, t.closed_at
    FROM time_spent s JOIN tickets t ON t.number = s.number
    WHERE (:client IS NULL OR t.client = :client) AND (:technician IS NULL OR t.assigned_login = :technician)
      AND (:product IS NULL OR t.product = :product)
  )
SELECT number, cycle, title, holder, technician, seconds AS used_hours,
  seconds * 1.0 / sum(seconds) OVER (PARTITION BY number, cycle) AS share, turns
FROM spent
ORDER BY number, cycle, used_hours DESC, holder, technician
