-- Participations in standards bodies and forums.

-- name: participations
SELECT id, organization, country, forum, body, list, standard, role, count::DOUBLE, counted, start, "end"
FROM participations
ORDER BY id
