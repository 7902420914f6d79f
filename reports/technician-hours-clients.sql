SELECT a.client, a.ticket, t.title, sum(a.seconds) AS booked_hours, count(DISTINCT a.technician_login) AS technicians,
  count(*) AS activities
FROM activities a
LEFT JOIN tickets t ON t.number = a.ticket
WHERE a.day BETWEEN local_date(:from) AND local_date(:to - 1)
  AND (:technician IS NULL OR a.technician_login = :technician) AND (:client IS NULL OR a.client = :client)
GROUP BY a.client, a.ticket
ORDER BY booked_hours DESC, a.client, a.ticket
