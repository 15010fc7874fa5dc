-- One row a project, company and role.
SELECT DISTINCT r.project AS unit_id, coalesce(n.label, r.organization) AS company, r.role, o.country AS seat, coalesce(p.status, 'unknown') AS status
FROM roles AS r
JOIN projects AS p ON p.id = r.project
LEFT JOIN organizations AS o ON o.id = r.organization
LEFT JOIN records AS n ON n.id = r.organization
WHERE r.role IN ('supplier', 'implementer', 'owner', 'operator', 'partner')
