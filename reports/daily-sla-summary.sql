-- Counted while tickets were judged, so that the top of the page costs no walk over them. What is due today is picked out
-- first, by the two columns that tell it: joins that nothing needs are left out of a selection, yet not out of a count.
WITH due AS MATERIALIZED (
  SELECT o.number FROM open_tickets o JOIN openings c USING (calendar)
  WHERE o.situation <> 'late' AND o.deadline <= c.closes_at AND (:client IS NULL OR client = :client)
    AND (:technician IS NULL OR assigned_login = :technician) AND (:product IS NULL OR product = :product)
)
SELECT
  coalesce(sum(tickets) FILTER (WHERE situation = 'late'), 0) AS late,
  coalesce(sum(tickets) FILTER (WHERE situation = 'near-due'), 0) AS near_due,
  coalesce(sum(tickets) FILTER (WHERE situation = 'on-time' AND has_plazo), 0) AS on_time,
  coalesce(sum(tickets) FILTER (WHERE situation = 'on-time' AND NOT has_plazo), 0) AS without_plazo,
  coalesce(sum(tickets), 0) AS open,
  (SELECT count(*) FROM due) AS due_today,
  (
    SELECT count(*) FROM pending_vobos
    WHERE (:client IS NULL OR client = :client) AND (:technician IS NULL OR assigned_login = :technician)
      AND (:product IS NULL OR product = :product)
  ) AS pending_vobo
FROM open_counts
WHERE grouped_by = 'all'
