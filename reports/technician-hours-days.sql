WITH RECURSIVE
  day (day) AS (
    SELECT local_date(:from) WHERE local_date(:from) <= :today
    UNION ALL
    SELECT date(day, '+1 day') FROM day WHERE day < min(local_date(:to - 1), :today)
  ),
  -- How much of each activity lies before the end of an earlier one of the same technician and day.
  timed AS (
    SELECT technician_login, day, started_at, ended_at, seconds, unlikely,
      max(ended_at) OVER (
        PARTITION BY technician_login, day ORDER BY started_at, ended_at, number
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy_until
    FROM activities
    WHERE day BETWEEN local_date(:from) AND local_date(:to - 1) AND (:client IS NULL OR client = :client)
  ),
  booked AS (
    SELECT technician_login, day, sum(seconds) AS seconds, count(*) AS activities, count(unlikely) AS unlikely,
      sum(max(0, min(busy_until, ended_at) - started_at)) AS overlap
    FROM timed
    GROUP BY technician_login, day
  )
SELECT u.name AS technician, u.login AS technician_login, d.day, coalesce(b.seconds, 0) AS booked_hours,
  coalesce(b.activities, 0) AS activities, b.overlap AS overlap_hours,
  CASE
    WHEN b.seconds IS NULL THEN 'gap'
    WHEN b.seconds > 86400 THEN 'impossible'
    WHEN b.overlap > 0 THEN 'overlap'
    WHEN b.unlikely > 0 THEN 'unlikely'
  END AS mark
FROM day d
CROSS JOIN users u
LEFT JOIN booked b ON b.technician_login = u.login AND b.day = d.day
WHERE (:technician IS NULL OR u.login = :technician)
  AND (
    b.seconds IS NOT NULL
    OR (:client IS NULL AND u.role = 'technician' AND u.is_active AND strftime('%w', d.day) BETWEEN '1' AND '5')
  )
ORDER BY u.name, u.login, d.day
