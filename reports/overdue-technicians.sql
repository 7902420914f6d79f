SELECT assigned AS technician, assigned_login AS technician_login, count(*) AS late, sum(late_s) AS late_hours, max(late_s) AS worst_hours,
  count(*) FILTER (WHERE waiting_on = 'support') AS support, min(deadline) AS first_deadline
FROM open_tickets
WHERE situation = 'late' AND (:client IS NULL OR client = :client) AND (:technician IS NULL OR assigned_login = :technician)
  AND (:product IS NULL OR product = :product)
GROUP BY assigned_login
ORDER BY late DESC, late_hours DESC, assigned_login
