-- Topics of the provisions of agreements.

-- name: provisions
SELECT agreement, id, unnest(coalesce(topic, ['']))
FROM provisions
WHERE agreement IS NOT NULL
ORDER BY ALL
