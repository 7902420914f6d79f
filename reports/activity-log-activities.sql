SELECT a.number, a.day, a.technician, a.technician_login, a.started_at, a.ended_at, a.seconds AS booked_hours, a.description,
  a.client, a.ticket, a.task, coalesce(t.title, k.title) AS title, a.state, a.unlikely, a.booking, a.recorded_at, a.recorded_by,
  a.corrects, a.reason
FROM booked_activities a
LEFT JOIN tickets t ON t.number = a.ticket
LEFT JOIN tasks k ON k.number = a.task
WHERE a.day BETWEEN local_date(:from) AND local_date(:to - 1)
  AND (:technician IS NULL OR a.technician_login = :technician) AND (:client IS NULL OR a.client = :client)
ORDER BY a.day, a.technician, coalesce(a.started_at, local_midnight(a.day)), a.number
