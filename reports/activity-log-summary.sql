SELECT count(*) FILTER (WHERE state = 'standing') AS activities,
  coalesce(sum(seconds) FILTER (WHERE state = 'standing'), 0) AS booked_hours,
  count(DISTINCT technician_login) FILTER (WHERE state = 'standing') AS technicians,
  count(*) FILTER (WHERE state = 'standing' AND unlikely IS NOT NULL) AS unlikely,
  count(*) FILTER (WHERE corrects IS NOT NULL) AS corrections, count(*) FILTER (WHERE state = 'void') AS taken_back,
  (
    SELECT count(*) FROM events e JOIN tickets t ON t.number = e.number
    WHERE e.happened_at >= :from AND e.happened_at < :to AND (:client IS NULL OR t.client = :client)
      AND (:technician IS NULL OR e.actor_login = :technician)
  ) AS events
FROM booked_activities
WHERE day BETWEEN local_date(:from) AND local_date(:to - 1) AND (:technician IS NULL OR technician_login = :technician) AND (:client IS NULL OR client = :client)
