-- One row per country, deployment of spyware or digital forensics, and supplier, if any. Implementers count as suppliers.
WITH named AS (
    SELECT id, label || if(count(*) OVER (PARTITION BY label) > 1, ' (' || id || ')', '') AS company
    FROM records WHERE type = 'organization' AND label IS NOT NULL
)
SELECT DISTINCT c.country AS unit_id, c.country, p.id AS deployment, coalesce(n.company, r.organization) AS company, o.country AS seat,
    p.known_from, coalesce(p.status, 'unknown') AS status, coalesce(p.known_from = ['network-scan'], false) AS scan_only,
    p.id IN (SELECT id FROM project_kinds WHERE kind = 'spyware') AS spyware,
    EXISTS (FROM roles AS u WHERE u.project = p.id AND u.role IN ('customer', 'operator')) AS used
FROM projects AS p
JOIN (SELECT id, unnest(country) AS country FROM projects) AS c ON c.id = p.id
LEFT JOIN roles AS r ON r.project = p.id AND r.role IN ('supplier', 'implementer')
LEFT JOIN organizations AS o ON o.id = r.organization
LEFT JOIN named AS n ON n.id = r.organization
WHERE p.id IN (SELECT id FROM project_kinds WHERE kind IN ('spyware', 'digital-forensics'))
