SELECT swept_at, unseen_events,
  (SELECT count(*) FROM messages WHERE sent_at IS NULL) AS undelivered,
  (SELECT min(created_at) FROM messages WHERE sent_at IS NULL) AS oldest_undelivered
FROM sweeps
