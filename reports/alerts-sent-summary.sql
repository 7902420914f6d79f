SELECT count(*) AS alerts, count(*) FILTER (WHERE state = 'grouped') AS told,
  count(*) FILTER (WHERE state IN ('pending', 'held')) AS waiting, count(*) FILTER (WHERE state = 'dropped') AS dropped,
  count(*) FILTER (WHERE kind = 'late') AS late,
  (SELECT count(*) FROM messages WHERE created_at >= :from AND created_at < :to) AS messages,
  (SELECT count(*) FROM messages WHERE created_at >= :from AND created_at < :to AND state = 'sent') AS sent,
  (SELECT count(*) FROM messages WHERE created_at >= :from AND created_at < :to AND state = 'parked') AS parked
FROM alerts
WHERE recorded_at >= :from AND recorded_at < :to AND (:technician IS NULL OR recipient_login = :technician)
