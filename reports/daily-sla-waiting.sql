SELECT waiting_on,
  count(*) FILTER (WHERE situation = 'late') AS late,
  count(*) FILTER (WHERE situation = 'near-due') AS near_due,
  count(*) FILTER (WHERE situation = 'on-time' AND has_plazo) AS on_time,
  count(*) FILTER (WHERE situation = 'on-time' AND NOT has_plazo) AS without_plazo,
  count(*) AS open,
  max(age_s) AS oldest_hours
FROM tickets
WHERE status = 'open'
GROUP BY waiting_on
ORDER BY CASE waiting_on WHEN 'support' THEN 0 WHEN 'client' THEN 1 ELSE 2 END
