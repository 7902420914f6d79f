WITH RECURSIVE
  day (day) AS (
    SELECT local_date(:from) WHERE local_date(:from) <= :today
    UNION ALL
    SELECT date(day, '+1 day') FROM day WHERE day < min(local_date(:to - 1), :today)
  ),
  booked AS (
    SELECT technician_login, day, sum(seconds) AS seconds, count(*) AS activities
    FROM activities
    WHERE day BETWEEN local_date(:from) AND local_date(:to - 1) AND (:client IS NULL OR client = :client)
    GROUP BY technician_login, day
  )
SELECT u.name AS technician, u.login AS technician_login, u.booking, coalesce(sum(b.seconds), 0) AS booked_hours,
  count(b.day) AS days, coalesce(sum(b.activities), 0) AS activities,
  count(*) FILTER (
    WHERE b.day IS NULL AND :client IS NULL AND u.role = 'technician' AND u.is_active
      AND strftime('%w', d.day) BETWEEN '1' AND '5'
  ) AS gaps
FROM users u
LEFT JOIN day d ON TRUE
LEFT JOIN booked b ON b.technician_login = u.login AND b.day = d.day
WHERE u.role <> 'client' AND (:technician IS NULL OR u.login = :technician)
GROUP BY u.login
HAVING count(b.day) > 0 OR (:client IS NULL AND u.role = 'technician' AND u.is_active)
ORDER BY booked_hours DESC, technician
