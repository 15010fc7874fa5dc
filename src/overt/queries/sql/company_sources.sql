SELECT DISTINCT s.source
FROM project_company AS k
JOIN project_source AS s ON s.id = k.id
WHERE k.organization = ?
ORDER BY s.source
