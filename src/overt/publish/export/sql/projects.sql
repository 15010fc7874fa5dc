-- Projects with who had a part in them, by name, and whose they are.
WITH told AS (
    SELECT id, list(DISTINCT source ORDER BY source) AS sources FROM claims GROUP BY id
),
part AS (
    SELECT r.project, r.role, o.label FROM roles AS r JOIN records AS o ON o.id = r.organization WHERE o.label IS NOT NULL
),
parts AS (
    SELECT project, ${roles} FROM part GROUP BY project
)
SELECT
    p.id, h.label AS name, p.kind AS kinds, p.status, p.country AS countries, p.agreed, p.construction_start, p.started,
    p.operational, p.completed, p.ended, p.length::DOUBLE AS length_km, p.capacity::DOUBLE AS capacity, p.capacity_unit,
    p.website, parts.* EXCLUDE (project), coalesce(t.sources, []) AS sources, h.reuse
FROM projects AS p
JOIN records AS h USING (id)
LEFT JOIN told AS t USING (id)
LEFT JOIN parts ON parts.project = p.id
ORDER BY p.id
