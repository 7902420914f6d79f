SELECT m.created_at, m.kind, m.recipient, m.subject, m.state, m.sent_at, m.attempt, m.last_error, m.channel, m.not_before, m.id,
  (SELECT count(*) FROM alerts a WHERE a.message = m.id) AS alerts
FROM messages m
WHERE m.created_at >= :from AND m.created_at < :to
  AND (:technician IS NULL OR EXISTS (SELECT 1 FROM alerts a WHERE a.message = m.id AND a.recipient_login = :technician))
ORDER BY CASE m.state WHEN 'parked' THEN 0 WHEN 'pending' THEN 1 ELSE 2 END, m.created_at DESC, m.id DESC
