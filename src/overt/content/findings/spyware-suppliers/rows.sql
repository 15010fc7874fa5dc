-- Documented deployments of spyware, with each supplier and country.
SELECT r.project, r.organization, c.country
FROM roles AS r
SEMI JOIN (SELECT unit_id AS project FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted) AS d ON d.project = r.project
LEFT JOIN (SELECT id AS project, unnest(country) AS country FROM projects) AS c ON c.project = r.project
WHERE r.role IN ('supplier', 'implementer') AND r.project IN (SELECT id FROM project_kinds WHERE kind = 'spyware')
