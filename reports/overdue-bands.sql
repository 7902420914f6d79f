WITH
  band (band, place, least, most) AS (
    VALUES ('under-4h', 0, 0, 14400), ('4h-to-8h', 1, 14400, 28800), ('8h-to-24h', 2, 28800, 86400), ('24h-to-40h', 3, 86400, 144000), ('40h-to-80h', 4, 144000, 288000), ('over-80h', 5, 288000, NULL)
  ),
  late AS (
    SELECT late_s, waiting_on FROM open_tickets
    WHERE situation = 'late' AND (:client IS NULL OR client = :client) AND (:technician IS NULL OR assigned_login = :technician)
  AND (:product IS NULL OR product = :product)
  )
SELECT b.band, count(l.late_s) AS late, count(l.late_s) FILTER (WHERE l.waiting_on = 'support') AS support,
  count(l.late_s) FILTER (WHERE l.waiting_on = 'client') AS on_client,
  count(l.late_s) FILTER (WHERE l.waiting_on = 'provider') AS on_provider, coalesce(sum(l.late_s), 0) AS late_hours
FROM band b
LEFT JOIN late l ON l.late_s >= b.least AND (b.most IS NULL OR l.late_s < b.most)
GROUP BY b.place
ORDER BY b.place
