SELECT number,
  CASE local_date(deadline)
    WHEN :today THEN 'today'
    WHEN date(:today, '+1 day') THEN 'tomorrow'
    ELSE 'later'
  END AS due_on,
  deadline, situation, title, client, assigned, remaining_s AS remaining_hours
FROM tickets
WHERE status = 'open' AND situation <> 'late' AND deadline < local_midnight(date(:today, '+8 days'))
ORDER BY deadline, number
