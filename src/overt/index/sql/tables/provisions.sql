-- Provisions of agreements: a row for each topic, or one with an empty topic if a provision has none.

-- name: provisions
SELECT agreement, id, unnest(coalesce(topic, ['']))
FROM provisions
WHERE agreement IS NOT NULL
ORDER BY ALL
