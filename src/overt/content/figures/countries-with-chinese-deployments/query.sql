-- One row per country and deployment of surveillance, spyware or digital forensics with a Chinese supplier. Implementers count as
-- suppliers.
SELECT DISTINCT c.country AS unit_id, c.country, p.id AS deployment, true AS used, coalesce(p.status, 'unknown') AS status,
    EXISTS (FROM roles AS r WHERE r.project = p.id AND r.role IN ('customer', 'operator')) AS customer
FROM projects AS p
JOIN (SELECT id, unnest(country) AS country FROM projects) AS c ON c.id = p.id
WHERE p.id IN (SELECT id FROM project_kinds WHERE kind IN ('surveillance', 'spyware', 'digital-forensics'))
    AND EXISTS (
        FROM roles AS r JOIN organizations AS o ON o.id = r.organization
        WHERE r.project = p.id AND r.role IN ('supplier', 'implementer') AND o.country = 'CN'
    )
