-- One row per deployment of surveillance, spyware, digital forensics or filtering. `supplied`: a supplier or implementer is
-- known; `used`: a customer or an operator is known. `year`: the year of the first of its dates, in the order below, whose year
-- is certain. `seat`: the countries of the suppliers; suppliers on whose seat sources disagree are left out.
SELECT p.id AS unit_id, p.country, list_sort(list_intersect(p.kind, s.kinds)) AS kind, coalesce(p.status, 'unknown') AS status, p.known_from, coalesce(
        if(year(p.agreed_from) = year(p.agreed_to), year(p.agreed_from), NULL),
        if(year(p.started_from) = year(p.started_to), year(p.started_from), NULL),
        if(year(p.operational_from) = year(p.operational_to), year(p.operational_from), NULL),
        if(year(p.completed_from) = year(p.completed_to), year(p.completed_from), NULL)
    ) AS year,
    EXISTS (FROM roles AS r WHERE r.project = p.id AND r.role IN ('supplier', 'implementer')) AS supplied,
    EXISTS (FROM roles AS r WHERE r.project = p.id AND r.role IN ('customer', 'operator')) AS used,
    m.seat, coalesce(list_contains(m.seat, 'CN'), false) AS chinese,
    coalesce(k.independent_sources, 1) > 1 AS confirmed
FROM projects AS p
JOIN records AS k ON k.id = p.id
LEFT JOIN (
    SELECT r.project, list(DISTINCT o.country ORDER BY o.country) AS seat
    FROM roles AS r JOIN organizations AS o ON o.id = r.organization
    WHERE r.role IN ('supplier', 'implementer') AND o.country IS NOT NULL
        AND r.organization NOT IN (SELECT id FROM "values" WHERE type = 'organization' AND property = 'country' AND contested)
    GROUP BY r.project
) AS m ON m.project = p.id
CROSS JOIN (
    SELECT list(id) AS kinds FROM terms WHERE vocabulary = 'project-kinds' AND layer IN ('surveillance', 'censorship')
) AS s
WHERE p.id IN (SELECT id FROM project_kinds WHERE kind IN ('surveillance', 'spyware', 'digital-forensics', 'filtering'))
