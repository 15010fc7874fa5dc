-- One row per country and deployment of spyware or digital forensics, with its known suppliers and their known seats.
-- Implementers count as suppliers. `used`: a customer or an operator is known.
WITH named AS (
    SELECT id, label || if(count(*) OVER (PARTITION BY label) > 1, ' (' || id || ')', '') AS company
    FROM records WHERE type = 'organization' AND label IS NOT NULL
),
supplied AS (
    SELECT r.project, list(DISTINCT coalesce(n.company, r.organization) ORDER BY coalesce(n.company, r.organization)) AS company,
        list(DISTINCT o.country ORDER BY o.country) FILTER (o.country IS NOT NULL) AS seat
    FROM roles AS r
    LEFT JOIN organizations AS o ON o.id = r.organization
    LEFT JOIN named AS n ON n.id = r.organization
    WHERE r.role IN ('supplier', 'implementer')
    GROUP BY r.project
)
SELECT DISTINCT c.country AS unit_id, c.country, p.id AS deployment, s.company, s.seat,
    p.known_from, coalesce(p.status, 'unknown') AS status, coalesce(p.known_from = ['network-scan'], false) AS scan_only,
    p.id IN (SELECT id FROM project_kinds WHERE kind = 'spyware') AS spyware,
    EXISTS (FROM roles AS u WHERE u.project = p.id AND u.role IN ('customer', 'operator')) AS used
FROM projects AS p
JOIN (SELECT id, unnest(country) AS country FROM projects) AS c ON c.id = p.id
LEFT JOIN supplied AS s ON s.project = p.id
WHERE p.id IN (SELECT id FROM project_kinds WHERE kind IN ('spyware', 'digital-forensics'))
