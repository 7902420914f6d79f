SELECT swept_at, unseen_events,
  (SELECT count(*) FROM messages WHERE state IN ('pending', 'parked')) AS undelivered,
  (SELECT min(created_at) FROM messages WHERE state IN ('pending', 'parked')) AS oldest_undelivered
FROM sweeps
