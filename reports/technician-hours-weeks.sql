-- Weeks begin on Monday.
SELECT technician, technician_login, date(day, '-6 days', 'weekday 1') AS week, sum(seconds) AS booked_hours,
  count(DISTINCT day) AS days, count(*) AS activities
FROM activities
WHERE day BETWEEN local_date(:from) AND local_date(:to - 1)
  AND (:technician IS NULL OR technician_login = :technician) AND (:client IS NULL OR client = :client)
GROUP BY technician_login, week
ORDER BY technician, technician_login, week
