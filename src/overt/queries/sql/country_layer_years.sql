SELECT p.year, l.layer, count(*) AS projects
FROM project_country AS c
JOIN projects AS p ON p.id = c.id
JOIN project_layer AS l ON l.id = c.id
WHERE c.country = ?
GROUP BY p.year, l.layer
ORDER BY p.year, l.layer
