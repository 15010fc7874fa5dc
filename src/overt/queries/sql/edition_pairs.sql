SELECT 'organization' AS type, c.organization AS id, w.country, count(DISTINCT c.id) AS projects
FROM project_company AS c JOIN project_country AS w ON w.id = c.id GROUP BY c.organization, w.country
UNION ALL SELECT 'kind', k.kind, w.country, count(DISTINCT k.id) FROM project_kind AS k JOIN project_country AS w ON w.id = k.id GROUP BY k.kind, w.country
UNION ALL SELECT 'layer', l.layer, w.country, count(DISTINCT l.id) FROM project_layer AS l JOIN project_country AS w ON w.id = l.id GROUP BY l.layer, w.country
ORDER BY 1, 2, 3
