SELECT DISTINCT s.source
FROM project_country AS c
JOIN project_source AS s ON s.id = c.id
WHERE c.country = ?
ORDER BY s.source
