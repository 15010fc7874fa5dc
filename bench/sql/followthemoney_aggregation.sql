-- One row per entity with its distinct values, as followthemoney makes them: no ranks, rivals or counts of sources.
WITH statement AS (SELECT id, property, value FROM claims WHERE standing = 'current' GROUP BY ALL)
SELECT id,
    list(value) FILTER (WHERE property = 'name') AS name,
    list(value) FILTER (WHERE property = 'alias') AS alias,
    list(value) FILTER (WHERE property = 'country') AS country,
    list(value) FILTER (WHERE property = 'identifier') AS identifier,
    list(value) FILTER (WHERE property = 'website') AS website
FROM statement
GROUP BY id
ORDER BY id
