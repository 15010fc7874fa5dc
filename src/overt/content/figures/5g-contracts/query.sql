-- One row per 5G project and Chinese supplier. Implementers count as suppliers.
WITH named AS (
    SELECT id, label || if(count(*) OVER (PARTITION BY label) > 1, ' (' || id || ')', '') AS company
    FROM records WHERE type = 'organization' AND label IS NOT NULL
)
SELECT DISTINCT p.id AS unit_id, p.country, coalesce(
        if(year(p.agreed_from) = year(p.agreed_to), year(p.agreed_from), NULL),
        if(year(p.started_from) = year(p.started_to), year(p.started_from), NULL),
        if(year(p.operational_from) = year(p.operational_to), year(p.operational_from), NULL),
        if(year(p.completed_from) = year(p.completed_to), year(p.completed_from), NULL)
    ) AS year, coalesce(p.status, 'unknown') AS status, coalesce(n.company, r.organization) AS company,
    len(p.country) > 0 AND p.country <> ['CN'] AS abroad,
    EXISTS (FROM roles AS u WHERE u.project = p.id AND u.role IN ('customer', 'operator')) AS used
FROM projects AS p
JOIN roles AS r ON r.project = p.id AND r.role IN ('supplier', 'implementer')
JOIN organizations AS o ON o.id = r.organization AND o.country = 'CN'
LEFT JOIN named AS n ON n.id = r.organization
WHERE p.id IN (SELECT id FROM project_kinds WHERE kind = '5g-network')
