WITH message AS (
  SELECT state FROM messages m
  WHERE created_at >= :from AND created_at < :to
    AND (:technician IS NULL OR EXISTS (SELECT 1 FROM alerts a WHERE a.message = m.id AND a.recipient_login = :technician))
)
SELECT count(*) AS alerts, count(*) FILTER (WHERE state = 'grouped') AS told,
  count(*) FILTER (WHERE state IN ('pending', 'held')) AS waiting, count(*) FILTER (WHERE state = 'dropped') AS dropped,
  count(*) FILTER (WHERE kind = 'late') AS late, (SELECT count(*) FROM message) AS messages,
  (SELECT count(*) FROM message WHERE state = 'sent') AS sent,
  (SELECT count(*) FROM message WHERE state = 'parked') AS parked
FROM alerts
WHERE recorded_at >= :from AND recorded_at < :to AND (:technician IS NULL OR recipient_login = :technician)
