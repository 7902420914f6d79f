SELECT number, CASE
    WHEN late_s < 14400 THEN 'under-4h'
    WHEN late_s < 28800 THEN '4h-to-8h'
    WHEN late_s < 86400 THEN '8h-to-24h'
    WHEN late_s < 144000 THEN '24h-to-40h'
    WHEN late_s < 288000 THEN '40h-to-80h'
    ELSE 'over-80h'
  END AS band,
  late_s AS late_hours, title, client, assigned, responsible, waiting_on, deadline, clock, product, provider, external_number,
  priority, plazo, moves, original_deadline, opened_at, used_s AS used_hours, budget_s AS budget_hours, is_paused
FROM open_tickets
WHERE situation = 'late' AND (:client IS NULL OR client = :client) AND (:technician IS NULL OR assigned_login = :technician)
  AND (:product IS NULL OR product = :product)
ORDER BY late_s DESC, deadline, number
