-- Participations in standards bodies and forums, and the provisions of agreements.

-- name: participations
SELECT id, organization, country, forum, body, list, standard, role, count::DOUBLE, counted, start, "end"
FROM participations
ORDER BY id

-- name: provisions
SELECT agreement, id, unnest(coalesce(topic, ['']))
FROM provisions
WHERE agreement IS NOT NULL
ORDER BY ALL
