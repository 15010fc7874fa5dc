SELECT c.country, coalesce(l.layer, '') AS layer, count(DISTINCT k.id) AS projects
FROM project_company AS k
JOIN project_country AS c ON c.id = k.id
LEFT JOIN project_layer AS l ON l.id = k.id
WHERE k.organization = ?
GROUP BY 1, 2
