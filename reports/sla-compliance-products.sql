-- The period and, for comparison, the one before it.
WITH verdict AS (
  SELECT *, stopped_at >= :from AS is_now FROM ended_clocks
  WHERE stopped_at >= :before AND stopped_at < :to AND (:client IS NULL OR client = :client)
    AND (:technician IS NULL OR technician_login = :technician) AND (:product IS NULL OR product = :product)
)
SELECT product, count(*) FILTER (WHERE is_now) AS verdicts,
  count(*) FILTER (WHERE is_now AND outcome = 'kept') AS kept,
  count(*) FILTER (WHERE is_now AND outcome = 'late') AS late,
  count(*) FILTER (WHERE is_now AND outcome = 'no-plazo') AS without_plazo,
  avg(outcome = 'kept') FILTER (WHERE is_now AND outcome <> 'no-plazo') AS kept_share,
  avg(original_outcome = 'kept') FILTER (WHERE is_now AND outcome <> 'no-plazo') AS original_share,
  avg(outcome = 'kept') FILTER (WHERE NOT is_now AND outcome <> 'no-plazo') AS before_share,
  max(late_s) FILTER (WHERE is_now AND outcome = 'late') AS worst_late_hours
FROM verdict
WHERE owner = 'ticket'
GROUP BY product
HAVING count(*) FILTER (WHERE is_now) > 0
ORDER BY kept_share IS NULL, kept_share, verdicts DESC, product
