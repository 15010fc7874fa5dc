SELECT l.layer, count(DISTINCT k.id) AS projects
FROM project_company AS k
JOIN project_layer AS l ON l.id = k.id
WHERE k.organization = ?
GROUP BY l.layer
