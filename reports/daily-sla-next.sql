-- By the calendar of each ticket: before it closes today, before it opens again, on the day after that, before the next
-- days off and over them, and within a week.
SELECT o.number,
  CASE
    WHEN o.deadline <= c.closes_at THEN 'today'
    WHEN o.deadline <= c.opens_at THEN 'before-opening'
    WHEN o.deadline <= c.next_closes_at THEN 'next-day'
    WHEN o.deadline <= c.break_from THEN 'before-break'
    WHEN o.deadline <= c.break_to THEN 'over-break'
    ELSE 'later'
  END AS due_on,
  o.deadline, o.situation, o.title, o.client, o.assigned, o.waiting_on, o.remaining_s AS remaining_hours, c.break_name
FROM open_tickets o
LEFT JOIN openings c USING (calendar)
WHERE o.situation <> 'late' AND o.deadline < max(local_midnight(date(:today, '+8 days')), coalesce(c.break_to, 0))
  AND (:client IS NULL OR client = :client) AND (:technician IS NULL OR assigned_login = :technician)
  AND (:product IS NULL OR product = :product)
ORDER BY o.deadline, o.number
