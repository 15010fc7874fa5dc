-- Suppliers of spyware, with the country of their seat, if known.
SELECT DISTINCT o.id, o.country
FROM roles AS r
JOIN organizations AS o ON o.id = r.organization
WHERE r.role IN ('supplier', 'implementer') AND r.project IN (SELECT id FROM project_kinds WHERE kind = 'spyware')
