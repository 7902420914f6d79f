SELECT a.recipient, a.recipient_login, count(*) AS alerts, count(*) FILTER (WHERE a.state = 'grouped') AS told,
  count(*) FILTER (WHERE a.state IN ('pending', 'held')) AS waiting, count(*) FILTER (WHERE a.state = 'dropped') AS dropped,
  count(DISTINCT a.message) AS messages, max(m.sent_at) AS last_sent
FROM alerts a
LEFT JOIN messages m ON m.id = a.message
WHERE a.recorded_at >= :from AND a.recorded_at < :to AND (:technician IS NULL OR a.recipient_login = :technician)
GROUP BY a.recipient_login, a.recipient
ORDER BY alerts DESC, a.recipient
