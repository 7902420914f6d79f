SELECT kind, count(*) AS alerts, count(*) FILTER (WHERE state = 'grouped') AS told,
  count(*) FILTER (WHERE state IN ('pending', 'held')) AS waiting, count(*) FILTER (WHERE state = 'dropped') AS dropped
FROM alerts
WHERE recorded_at >= :from AND recorded_at < :to AND (:technician IS NULL OR recipient_login = :technician)
GROUP BY kind
ORDER BY alerts DESC, kind
