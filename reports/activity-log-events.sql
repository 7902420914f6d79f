SELECT e.happened_at, e.actor, e.kind, e.number AS ticket, NULL AS task, t.title, t.client,
  CASE
    WHEN e.kind = 'closed' AND e.said = 'corrected' THEN iif(:language = 'en', 'put right', 'corregido')
    WHEN :language = 'en' OR e.kind NOT IN ('vobo', 'waiting', 'replied', 'reopened') THEN e.said
    WHEN e.said = 'granted' THEN 'otorgado'
    WHEN e.said = 'refused' THEN 'rechazado'
    WHEN e.said = 'client' THEN 'cliente'
    WHEN e.said = 'provider' THEN 'proveedor'
    WHEN e.said = 'support' THEN 'soporte técnico'
    ELSE e.said
  END AS said,
  e.detail, e.is_imported,
  e.recorded_at, e.sequence
FROM events e
JOIN tickets t ON t.number = e.number
WHERE e.happened_at >= :from AND e.happened_at < :to AND (:client IS NULL OR t.client = :client)
  AND (:technician IS NULL OR e.actor_login = :technician)
UNION ALL
SELECT e.happened_at, e.actor, e.kind, NULL, e.number, k.title, NULL,
  CASE
    WHEN e.kind = 'closed' AND e.said = 'corrected' THEN iif(:language = 'en', 'put right', 'corregido')
    WHEN :language = 'en' OR e.kind <> 'vobo' THEN e.said
    WHEN e.said = 'granted' THEN 'otorgado'
    WHEN e.said = 'refused' THEN 'rechazado'
    ELSE e.said
  END,
  e.detail, 0, e.recorded_at, e.sequence
FROM task_events e
JOIN tasks k ON k.number = e.number
WHERE e.happened_at >= :from AND e.happened_at < :to AND :client IS NULL
  AND (:technician IS NULL OR e.actor_login = :technician)
ORDER BY happened_at, sequence
