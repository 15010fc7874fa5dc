-- Places of a layer with the projects that are there, and whose they are; those whose ids lie between two.
WITH told AS (
    SELECT id, list(DISTINCT source ORDER BY source) AS sources FROM claims WHERE id BETWEEN ${first} AND ${last} GROUP BY id
),
held AS (
    SELECT * FROM layer_places WHERE layer = '${layer}' AND id BETWEEN ${first} AND ${last}
),
pairs AS (
    SELECT id, unnest(project) AS project FROM held
),
named AS (
    SELECT a.id, list(r.label ORDER BY a.project) AS projects FROM pairs AS a JOIN records AS r ON r.id = a.project GROUP BY a.id
)
SELECT
    p.id, p.name, p.kind, p.country, p.precision, p.radius::DOUBLE AS radius_km, list_sort(p.project) AS project_ids, n.projects,
    coalesce(t.sources, []) AS sources, h.reuse, p.geometry
FROM held AS p
JOIN records AS h USING (id)
LEFT JOIN told AS t USING (id)
LEFT JOIN named AS n USING (id)
ORDER BY p.id
