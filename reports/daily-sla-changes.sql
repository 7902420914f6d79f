-- What was recorded since: closed during the night and imported in the morning is news too. On a desk whose whole past
-- came in since, what happened since.
WITH
  -- Asked for only where the whole past is news.
  fresh AS MATERIALIZED (
    SELECT number, opened_at, closed_at FROM tickets
    WHERE :since_event = 0 AND (opened_at > :since OR closed_at > :since)
  ),
  change AS (
    SELECT number, happened_at, to_situation AS change,
      (
        SELECT e.kind FROM events e
        WHERE e.number = t.number AND e.happened_at = t.happened_at
          AND e.kind IN ('plazo', 'target', 'waiting', 'aside', 'edited', 'reopened')
        ORDER BY e.sequence DESC LIMIT 1
      ) AS why,
      NULL AS said, NULL AS actor
    FROM transitions t
    -- A clock that is new to the monitor has changed nothing, unless it was late when it came.
    WHERE happened_at > :since AND (from_situation IS NOT NULL OR to_situation = 'late')
    UNION ALL
    SELECT number, happened_at, CASE kind WHEN 'target' THEN 'plazo' ELSE kind END, NULL,
      iif(kind = 'reopened', detail, said), actor
    FROM events
    WHERE :since_event > 0 AND sequence > :since_event
      AND (
        kind IN ('opened', 'closed', 'reopened')
        OR (kind IN ('plazo', 'target') AND happened_at <> (SELECT opened_at FROM tickets t WHERE t.number = events.number))
      )
    UNION ALL
    SELECT number, opened_at, 'opened', NULL, NULL, NULL FROM fresh WHERE opened_at > :since
    UNION ALL
    SELECT number, closed_at, 'closed', NULL, NULL, NULL FROM fresh WHERE closed_at > :since
  )
SELECT c.happened_at,
  CASE
    WHEN c.change = 'closed' AND t.closed_at = c.happened_at AND t.outcome = 'kept' THEN 'closed-kept'
    WHEN c.change = 'closed' AND t.closed_at = c.happened_at AND t.outcome = 'late' THEN 'closed-late'
    ELSE c.change
  END AS change,
  c.why, c.said AS detail, c.number, t.title, t.client, t.assigned, c.actor
FROM change c
JOIN tickets t ON t.number = c.number
WHERE (:client IS NULL OR client = :client) AND (:technician IS NULL OR assigned_login = :technician)
  AND (:product IS NULL OR product = :product)
ORDER BY c.happened_at DESC, c.number, change
