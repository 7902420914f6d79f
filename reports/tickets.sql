SELECT number, status, situation, title, client, assigned, deadline, closed_at, external_number, product, provider,
  priority, registered_by, responsible, waiting_on, vobo, outcome, original_outcome, plazo, policy, clock, calendar, opened_at,
  near_at, original_deadline, moves, reopened, is_paused, age_s AS age_hours, budget_s AS budget_hours,
  used_s AS used_hours, remaining_s AS remaining_hours, late_s AS late_hours
FROM tickets
WHERE (:from IS NULL OR opened_at >= :from AND opened_at < :to) AND (:status IS NULL OR status = :status)
  AND (:client IS NULL OR client = :client) AND (:technician IS NULL OR assigned_login = :technician)
  AND (:product IS NULL OR product = :product)
ORDER BY number
