-- Places that may be drawn, once for each project there, with what tiles say of the project; `layer` is found by the caller.
WITH served AS (
    SELECT id, precision, geometry, unnest(list_distinct(project)) AS project
    FROM places
    WHERE geometry IS NOT NULL AND precision IN (${drawn})
),
dated AS (
    ${dated}
),
kinds AS (
    SELECT id, list(kind ORDER BY kind) AS kinds FROM project_kinds WHERE said GROUP BY id
)
SELECT p.id, r.label, year(coalesce(d.known.low, d.known.high))::INTEGER AS year, coalesce(k.kinds, []) AS kinds, s.precision, s.geometry
FROM served AS s
JOIN projects AS p ON p.id = s.project
JOIN records AS r ON r.id = p.id
JOIN dated AS d ON d.id = p.id
LEFT JOIN kinds AS k ON k.id = p.id
ORDER BY p.id, s.id
