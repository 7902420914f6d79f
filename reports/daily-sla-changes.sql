WITH change AS (
  SELECT number, happened_at, to_situation AS change
  FROM transitions
  -- A clock that is new to the monitor has changed nothing, unless it was late when it came.
  WHERE happened_at > :since AND (from_situation IS NOT NULL OR to_situation = 'late')
  UNION ALL
  SELECT number, opened_at, 'opened' FROM tickets WHERE opened_at > :since
  UNION ALL
  SELECT number, closed_at, CASE outcome WHEN 'kept' THEN 'closed-kept' WHEN 'late' THEN 'closed-late' ELSE 'closed' END
  FROM tickets WHERE closed_at > :since
)
SELECT happened_at, change, number, title, client, assigned
FROM change JOIN tickets USING (number)
ORDER BY happened_at DESC, number, change
