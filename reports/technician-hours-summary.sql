WITH RECURSIVE
  day (day) AS (
    SELECT local_date(:from) WHERE local_date(:from) <= :today
    UNION ALL
    SELECT date(day, '+1 day') FROM day WHERE day < min(local_date(:to - 1), :today)
  ),
  booked AS (
    SELECT technician_login, day, sum(seconds) AS seconds, count(*) AS activities, count(unlikely) AS unlikely
    FROM activities
    WHERE day BETWEEN local_date(:from) AND local_date(:to - 1) AND (:client IS NULL OR client = :client)
      AND (:technician IS NULL OR technician_login = :technician)
    GROUP BY technician_login, day
  )
SELECT coalesce(sum(seconds), 0) AS booked_hours, count(DISTINCT technician_login) AS technicians,
  coalesce(sum(activities), 0) AS activities,
  (
    SELECT count(*)
    FROM day d JOIN users u ON u.role = 'technician' AND u.is_active
    WHERE strftime('%w', d.day) BETWEEN '1' AND '5' AND :client IS NULL
      AND (:technician IS NULL OR u.login = :technician)
      AND NOT EXISTS (SELECT 1 FROM booked b WHERE b.technician_login = u.login AND b.day = d.day)
  ) AS gaps,
  count(*) FILTER (WHERE seconds <= 86400 AND unlikely > 0) AS unlikely,
  count(*) FILTER (WHERE seconds > 86400) AS impossible
FROM booked
