-- Suppliers of documented spyware, each with the country where it is based and the countries where its spyware is documented, if known.
SELECT DISTINCT o.id, o.country, c.country AS reached
FROM roles AS r
SEMI JOIN (SELECT unit_id AS project FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted) AS d
    ON d.project = r.project
LEFT JOIN (SELECT id AS project, unnest(country) AS country FROM projects) AS c ON c.project = r.project
JOIN organizations AS o ON o.id = r.organization
WHERE r.role IN ('supplier', 'implementer') AND r.project IN (SELECT id FROM project_kinds WHERE kind = 'spyware')
