-- One row a project of this kind, or of a kind that is one.
SELECT p.id AS unit_id, p.country, coalesce(p.status, 'unknown') AS status, year(coalesce(p.agreed_from, p.construction_start_from, p.operational_from)) AS year,
    EXISTS (FROM roles AS r JOIN organizations AS o ON o.id = r.organization WHERE r.project = p.id AND o.country = 'CN') AS chinese
FROM projects AS p
WHERE p.id IN (SELECT id FROM project_kinds WHERE kind = '5g-network')
