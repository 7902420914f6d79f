SELECT a.recorded_at, a.kind, a.number, a.task, coalesce(t.title, k.title) AS title, a.recipient, a.state, a.reason, m.sent_at, a.clock, a.situation, a.deadline,
  a.happened_at, a.recipient_login, a.stands_in_for, a.level, a.channel, a.id, a.message
FROM alerts a
LEFT JOIN tickets t ON t.number = a.number
LEFT JOIN tasks k ON k.number = a.task
LEFT JOIN messages m ON m.id = a.message
WHERE a.recorded_at >= :from AND a.recorded_at < :to AND (:technician IS NULL OR a.recipient_login = :technician)
ORDER BY a.recorded_at DESC, a.id DESC
