-- The twelve months that end with the period, of the tickets' clocks.
WITH RECURSIVE
  month (first) AS (
    SELECT date(local_date(:to - 1), 'start of month', '-11 months')
    UNION ALL
    SELECT date(first, '+1 month') FROM month WHERE first < date(local_date(:to - 1), 'start of month')
  ),
  verdict AS (
    SELECT local_month(stopped_at) || '-01' AS first, outcome, original_outcome
    FROM ended_clocks
    WHERE owner = 'ticket' AND stopped_at >= local_midnight((SELECT min(first) FROM month)) AND stopped_at < :to
      AND (:client IS NULL OR client = :client) AND (:technician IS NULL OR technician_login = :technician)
      AND (:product IS NULL OR product = :product)
  )
SELECT m.first AS month, count(v.outcome) AS verdicts, count(*) FILTER (WHERE v.outcome = 'kept') AS kept,
  count(*) FILTER (WHERE v.outcome = 'late') AS late, count(*) FILTER (WHERE v.outcome = 'no-plazo') AS without_plazo,
  avg(v.outcome = 'kept') FILTER (WHERE v.outcome <> 'no-plazo') AS kept_share,
  avg(v.original_outcome = 'kept') FILTER (WHERE v.outcome <> 'no-plazo') AS original_share
FROM month m
LEFT JOIN verdict v ON v.first = m.first
GROUP BY m.first
ORDER BY m.first
