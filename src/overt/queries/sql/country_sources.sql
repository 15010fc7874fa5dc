SELECT s.source, count(DISTINCT s.id) AS projects
FROM project_country AS c
JOIN project_source AS s ON s.id = c.id
WHERE c.country = ?
GROUP BY s.source
ORDER BY s.source
