SELECT count(*) AS late, coalesce(sum(late_s), 0) AS late_hours, max(late_s) AS worst_hours, avg(late_s) AS mean_hours,
  count(*) FILTER (WHERE assigned IS NULL) AS unassigned, count(*) FILTER (WHERE waiting_on <> 'support') AS waiting
FROM open_tickets
WHERE situation = 'late' AND (:client IS NULL OR client = :client) AND (:technician IS NULL OR assigned_login = :technician)
  AND (:product IS NULL OR product = :product)
