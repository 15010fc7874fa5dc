SELECT d.kind, count(DISTINCT d.id) AS projects
FROM project_company AS k
JOIN project_kind AS d ON d.id = k.id AND d.said
WHERE k.organization = ?
GROUP BY d.kind
ORDER BY projects DESC, d.kind
