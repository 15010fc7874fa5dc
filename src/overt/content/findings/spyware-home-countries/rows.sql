-- Suppliers of documented spyware, with the country where they are based, if known.
SELECT DISTINCT o.id, o.country
FROM roles AS r
SEMI JOIN (SELECT unit_id AS project FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted) AS d
    ON d.project = r.project
JOIN organizations AS o ON o.id = r.organization
WHERE r.role IN ('supplier', 'implementer') AND r.project IN (SELECT id FROM project_kinds WHERE kind = 'spyware')
