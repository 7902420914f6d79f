SELECT technician, technician_login,
  coalesce(sum(tickets) FILTER (WHERE situation = 'late'), 0) AS late,
  coalesce(sum(tickets) FILTER (WHERE situation = 'near-due'), 0) AS near_due,
  coalesce(sum(tickets) FILTER (WHERE situation = 'on-time' AND has_plazo), 0) AS on_time,
  coalesce(sum(tickets) FILTER (WHERE situation = 'on-time' AND NOT has_plazo), 0) AS without_plazo,
  sum(tickets) AS open,
  max(worst_late_s) AS worst_late_hours,
  min(next_deadline) AS next_deadline
FROM open_counts
WHERE grouped_by = 'technician'
GROUP BY technician_login
ORDER BY late DESC, near_due DESC, open DESC, technician
