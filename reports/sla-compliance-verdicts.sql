WITH verdict AS (
  SELECT * FROM ended_clocks
  WHERE stopped_at >= :from AND stopped_at < :to AND (:client IS NULL OR client = :client)
    AND (:technician IS NULL OR technician_login = :technician) AND (:product IS NULL OR product = :product)
)
SELECT iif(owner = 'ticket', number, NULL) AS ticket, iif(owner = 'task', number, NULL) AS task,
  clock, cycle, title, client, product, technician, stopped_at, outcome, original_outcome, deadline, late_s AS late_hours,
  moves, original_deadline, started_at, budget_s AS budget_hours, used_s AS used_hours, policy, plazo
FROM verdict
ORDER BY CASE outcome WHEN 'late' THEN 0 WHEN 'kept' THEN 1 ELSE 2 END, late_s DESC, stopped_at, clock, number
