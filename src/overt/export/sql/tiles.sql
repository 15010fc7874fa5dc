-- The map as vector tiles.

-- name: places
-- Places that may be drawn, once per project, with the project's properties. A district or province is left out if each of its
-- projects has an exact site in the same country. The caller derives the project's layer from its kinds.
WITH project_places AS (
    SELECT id, precision, geometry, unnest(list_distinct(project)) AS project
    FROM places
    WHERE geometry IS NOT NULL AND precision IN (${drawn}) AND id NOT IN (${behind_sites})
),
dated AS (
    ${dated}
),
kinds AS (
    SELECT id, list(kind ORDER BY kind) AS kinds FROM project_kinds WHERE said GROUP BY id
)
SELECT p.id, r.label, year(coalesce(d.known.low, d.known.high))::INTEGER AS year, coalesce(k.kinds, []) AS kinds, s.precision, s.geometry
FROM project_places AS s
JOIN projects AS p ON p.id = s.project
JOIN records AS r ON r.id = p.id
JOIN dated AS d ON d.id = p.id
LEFT JOIN kinds AS k ON k.id = p.id
ORDER BY p.id, s.id;

-- name: countries
-- Countries that have projects, with the number of their projects.
SELECT a.code, a.label, count(*) AS projects
FROM project_countries AS h
JOIN areas AS a ON a.code = h.country
GROUP BY a.code, a.label
ORDER BY a.code;
