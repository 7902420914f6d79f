-- At the end of each of the last thirty days, and now: how many were open, and how many of those were past the deadline
-- that they had in the end. Counted back from now by what changed since.
WITH RECURSIVE
  day (day) AS (
    SELECT date(:today, '-29 days')
    UNION ALL
    SELECT date(day, '+1 day') FROM day WHERE day < :today
  ),
  first (at) AS (SELECT local_midnight(date(:today, '-29 days'))),
  -- One look at all tickets.
  recent AS MATERIALIZED (
    SELECT opened_at, closed_at FROM tickets
    WHERE (opened_at >= (SELECT at FROM first) OR closed_at >= (SELECT at FROM first))
      AND (:client IS NULL OR client = :client) AND (:technician IS NULL OR assigned_login = :technician)
      AND (:product IS NULL OR product = :product)
  ),
  change (at, opened, closed, late) AS (
    SELECT opened_at, 1, 0, 0 FROM recent WHERE opened_at >= (SELECT at FROM first)
    UNION ALL
    SELECT closed_at, 0, 1, 0 FROM recent WHERE closed_at >= (SELECT at FROM first)
    UNION ALL
    SELECT coalesce(deadline, opened_at) + 1, 0, 0, 1 FROM open_tickets
    WHERE situation = 'late' AND coalesce(deadline, opened_at) >= (SELECT at FROM first)
      AND (:client IS NULL OR client = :client) AND (:technician IS NULL OR assigned_login = :technician)
      AND (:product IS NULL OR product = :product)
    UNION ALL
    -- Of one that was closed late: from its deadline on it was late, and with its closing no more.
    SELECT iif(i.is_end, v.stopped_at, v.deadline + 1), 0, 0, iif(i.is_end, -1, 1)
    FROM verdicts v
    JOIN tickets t ON t.number = v.number AND t.closed_at = v.stopped_at
    CROSS JOIN (SELECT 0 AS is_end UNION ALL SELECT 1) i
    WHERE v.stopped_at >= (SELECT at FROM first) AND v.outcome = 'late' AND v.clock = 'resolution'
      AND NOT v.is_superseded AND iif(i.is_end, v.stopped_at, v.deadline + 1) >= (SELECT at FROM first)
      AND (:client IS NULL OR client = :client) AND (:technician IS NULL OR assigned_login = :technician)
      AND (:product IS NULL OR product = :product)
  ),
  total (opened, closed, late, day) AS (
    SELECT sum(opened), sum(closed), sum(late), local_date(at) FROM change GROUP BY local_date(at)
  ),
  now (open, late) AS (
    SELECT coalesce(sum(tickets), 0), coalesce(sum(tickets) FILTER (WHERE situation = 'late'), 0)
    FROM open_counts
    WHERE grouped_by = 'all'
  ),
  stood AS (
    SELECT d.day, coalesce(t.opened, 0) AS opened, coalesce(t.closed, 0) AS closed,
      (SELECT open FROM now) - coalesce(sum(t.opened - t.closed) OVER later, 0) AS open,
      (SELECT late FROM now) - coalesce(sum(t.late) OVER later, 0) AS late
    FROM day d
    LEFT JOIN total t ON t.day = d.day
    WINDOW later AS (ORDER BY d.day DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
  )
SELECT day, late, open - late AS not_late, open, opened, closed
FROM stood
ORDER BY day
