SELECT swept_at, unseen_events,
  (SELECT count(*) FROM messages WHERE state IN ('pending', 'parked')) AS undelivered,
  (SELECT min(created_at) FROM messages WHERE state IN ('pending', 'parked')) AS oldest_undelivered,
  (SELECT count(*) FROM slots WHERE state = 'skipped' AND planned_at > :since) AS missed_jobs,
  (SELECT count(*) FROM slots WHERE state = 'failed' AND planned_at > :since) AS failed_jobs,
  (SELECT count(*) FROM silences WHERE is_active) AS silences, applied_at
FROM sweeps
