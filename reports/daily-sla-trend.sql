-- At the end of each of the last thirty days, and now: how many were open, and how many of those were past the deadline
-- that they had in the end. Counted back from now by what each day brought.
WITH
  now (open, late) AS (
    SELECT coalesce(sum(tickets), 0), coalesce(sum(tickets) FILTER (WHERE situation = 'late'), 0)
    FROM open_counts
    WHERE grouped_by = 'all'
  ),
  stood AS (
    SELECT day, opened, closed,
      (SELECT open FROM now) - coalesce(sum(opened - closed) OVER later, 0) AS open,
      (SELECT late FROM now) - coalesce(sum(became_late - ceased_late) OVER later, 0) AS late
    FROM recent_days
    WINDOW later AS (ORDER BY day DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
  )
SELECT day, late, open - late AS not_late, open, opened, closed
FROM stood
ORDER BY day
