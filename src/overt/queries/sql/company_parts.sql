SELECT coalesce(l.layer, '') AS layer, k.role, count(DISTINCT k.id) AS projects
FROM project_company AS k
LEFT JOIN project_layer AS l ON l.id = k.id
WHERE k.organization = ?
GROUP BY 1, 2
