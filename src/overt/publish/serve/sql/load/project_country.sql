-- `located`: whether the project has a place in that country that can be drawn.
WITH held AS (SELECT DISTINCT id, unnest(country) AS country FROM projects),
    placed AS (
        SELECT DISTINCT unnest(project) AS id, country FROM places
        WHERE geometry IS NOT NULL AND coalesce("precision", 'unlocated') NOT IN ('country', 'unlocated')
    )
SELECT h.country, h.id, p.id IS NOT NULL
FROM held AS h
LEFT JOIN placed AS p ON p.id = h.id AND p.country = h.country
ORDER BY h.country, h.id
