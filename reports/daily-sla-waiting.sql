SELECT waiting_on,
  coalesce(sum(tickets) FILTER (WHERE situation = 'late'), 0) AS late,
  coalesce(sum(tickets) FILTER (WHERE situation = 'near-due'), 0) AS near_due,
  coalesce(sum(tickets) FILTER (WHERE situation = 'on-time' AND has_plazo), 0) AS on_time,
  coalesce(sum(tickets) FILTER (WHERE situation = 'on-time' AND NOT has_plazo), 0) AS without_plazo,
  sum(tickets) AS open,
  :as_of - min(oldest_at) AS oldest_hours
FROM open_counts
WHERE grouped_by = 'party'
GROUP BY waiting_on
ORDER BY CASE waiting_on WHEN 'support' THEN 0 WHEN 'client' THEN 1 ELSE 2 END
