-- One row per project, organisation and role, of the roles below. Two organisations with the same name are distinguished by their
-- ids.
WITH named AS (
    SELECT id, label || if(count(*) OVER (PARTITION BY label) > 1, ' (' || id || ')', '') AS company
    FROM records WHERE type = 'organization' AND label IS NOT NULL
)
SELECT DISTINCT r.project AS unit_id, coalesce(n.company, r.organization) AS company, r.role, o.country AS seat,
    coalesce(p.status, 'unknown') AS status
FROM roles AS r
JOIN projects AS p ON p.id = r.project
LEFT JOIN organizations AS o ON o.id = r.organization
LEFT JOIN named AS n ON n.id = r.organization
WHERE r.role IN ('supplier', 'implementer', 'owner', 'operator', 'partner')
