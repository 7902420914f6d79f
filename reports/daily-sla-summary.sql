SELECT
  count(*) FILTER (WHERE situation = 'late') AS late,
  count(*) FILTER (WHERE situation = 'near-due') AS near_due,
  count(*) FILTER (WHERE situation = 'on-time' AND has_plazo) AS on_time,
  count(*) FILTER (WHERE situation = 'on-time' AND NOT has_plazo) AS without_plazo,
  count(*) AS open,
  (SELECT count(*) FROM tickets WHERE vobo = 'pending') + (SELECT count(*) FROM tasks WHERE vobo = 'pending')
    AS pending_vobo
FROM tickets
WHERE status = 'open'
