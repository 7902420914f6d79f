SELECT number, situation, title, client, assigned, waiting_on, deadline, remaining_s AS remaining_hours,
  late_s AS late_hours, is_paused, clock, plazo, policy, budget_s AS budget_hours, used_s AS used_hours, opened_at,
  original_deadline, moves, responsible, product, provider, external_number, priority, assigned_login,
  has_plazo
FROM open_tickets
WHERE (:client IS NULL OR client = :client) AND (:technician IS NULL OR assigned_login = :technician)
  AND (:product IS NULL OR product = :product)
-- The latest first; then what is due soonest; what has no deadline comes last.
ORDER BY CASE situation WHEN 'late' THEN 0 WHEN 'near-due' THEN 1 ELSE 2 END,
  iif(situation = 'late', -late_s, 0), deadline IS NULL, deadline, number
