SELECT number, title, client, responsible, vobo, closed_at, :as_of - closed_at AS waiting_hours
FROM tickets
WHERE vobo = 'pending' AND (:technician IS NULL OR responsible_login = :technician)
ORDER BY closed_at, number
