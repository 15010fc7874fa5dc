-- One row per filtering system and supplier. Implementers count as suppliers. A supplier has no seat if sources disagree on its
-- country.
WITH named AS (
    SELECT id, label || if(count(*) OVER (PARTITION BY label) > 1, ' (' || id || ')', '') AS company
    FROM records WHERE type = 'organization' AND label IS NOT NULL
)
SELECT DISTINCT p.id AS unit_id, p.country, coalesce(p.status, 'unknown') AS status, coalesce(n.company, r.organization) AS company,
    if(r.organization IN (SELECT id FROM "values" WHERE type = 'organization' AND property = 'country' AND contested), NULL, o.country) AS seat,
    coalesce(p.known_from = ['network-scan'], false) AS scan_only
FROM projects AS p
JOIN roles AS r ON r.project = p.id AND r.role IN ('supplier', 'implementer')
LEFT JOIN organizations AS o ON o.id = r.organization
LEFT JOIN named AS n ON n.id = r.organization
WHERE p.id IN (SELECT id FROM project_kinds WHERE kind = 'filtering')
