SELECT l.layer, count(*) AS projects
FROM project_country AS c
JOIN project_layer AS l ON l.id = c.id
WHERE c.country = ?
GROUP BY l.layer
