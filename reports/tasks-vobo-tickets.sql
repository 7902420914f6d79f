SELECT number, title, client, responsible, vobo, closed_at, :as_of - closed_at AS waiting_hours
FROM tickets
WHERE vobo IN ('pending', 'refused')
ORDER BY closed_at, number
