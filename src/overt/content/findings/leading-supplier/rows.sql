-- Suppliers of documented systems, with their numbers of systems and countries.
SELECT r.organization, n.en, n.zh, count(DISTINCT r.project) AS systems, count(DISTINCT c.country) AS countries
FROM roles AS r
SEMI JOIN (SELECT unit_id AS project FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted) AS d ON d.project = r.project
JOIN organization_names AS n ON n.id = r.organization
LEFT JOIN (SELECT id AS project, unnest(country) AS country FROM projects) AS c ON c.project = r.project
WHERE r.role IN ('supplier', 'implementer')
GROUP BY r.organization, n.en, n.zh
