-- Projects with who had a part in them, by name, whose they are, and where; those whose ids lie between two.
WITH told AS (
    SELECT id, list(DISTINCT source ORDER BY source) AS sources FROM claims WHERE id BETWEEN ${first} AND ${last} GROUP BY id
),
part AS (
    SELECT r.project, r.role, o.label
    FROM roles AS r JOIN records AS o ON o.id = r.organization
    WHERE r.project BETWEEN ${first} AND ${last} AND o.label IS NOT NULL
),
parts AS (
    SELECT project, ${roles} FROM part GROUP BY project
),
located AS (
    SELECT id, geometry, unnest(project) AS project FROM layer_places WHERE layer IN ('sites', 'areas')
),
sites AS (
    SELECT project, list(geometry ORDER BY id) AS geometry FROM located WHERE project BETWEEN ${first} AND ${last} GROUP BY project
)
SELECT
    p.id, h.label AS name, p.kind AS kinds, p.status, p.country AS countries, p.agreed, p.construction_start, p.started,
    p.operational, p.completed, p.ended, p.length::DOUBLE AS length_km, p.capacity::DOUBLE AS capacity, p.capacity_unit,
    p.website, parts.* EXCLUDE (project), coalesce(t.sources, []) AS sources, h.independent_sources, h.reuse, s.geometry
FROM projects AS p
JOIN records AS h USING (id)
LEFT JOIN told AS t USING (id)
LEFT JOIN parts ON parts.project = p.id
LEFT JOIN sites AS s ON s.project = p.id
WHERE p.id BETWEEN ${first} AND ${last}
ORDER BY p.id
