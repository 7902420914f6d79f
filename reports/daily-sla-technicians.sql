SELECT assigned AS technician, assigned_login AS technician_login,
  count(*) FILTER (WHERE situation = 'late') AS late,
  count(*) FILTER (WHERE situation = 'near-due') AS near_due,
  count(*) FILTER (WHERE situation = 'on-time' AND has_plazo) AS on_time,
  count(*) FILTER (WHERE situation = 'on-time' AND NOT has_plazo) AS without_plazo,
  count(*) AS open,
  max(late_s) FILTER (WHERE situation = 'late') AS worst_late_hours,
  min(deadline) FILTER (WHERE situation <> 'late') AS next_deadline
FROM tickets
WHERE status = 'open'
GROUP BY assigned_login
ORDER BY late DESC, near_due DESC, open DESC, technician
