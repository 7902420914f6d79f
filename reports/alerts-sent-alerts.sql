SELECT a.recorded_at, a.kind, a.number, t.title, a.recipient, a.state, a.reason, m.sent_at, a.clock, a.situation, a.deadline,
  a.happened_at, a.recipient_login, a.id, a.message
FROM alerts a
LEFT JOIN tickets t ON t.number = a.number
LEFT JOIN messages m ON m.id = a.message
WHERE a.recorded_at >= :from AND a.recorded_at < :to AND (:technician IS NULL OR a.recipient_login = :technician)
ORDER BY a.recorded_at DESC, a.id DESC
