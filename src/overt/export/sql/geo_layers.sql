-- Layers of geographic formats.

-- name: places_by_layer
-- A view of places with their layers. The layer depends on the type of the geometry, and on whether the precision allows drawing.
-- `is_behind_site`: projects are not drawn at this place, because each of them has an exact site in the same country.
CREATE OR REPLACE VIEW places_by_layer AS
SELECT *,
    CASE WHEN "precision" IN (${drawn}) THEN
        CASE split_part(geometry, ' ', 1)
            WHEN 'POINT' THEN 'sites' WHEN 'MULTIPOINT' THEN 'sites'
            WHEN 'LINESTRING' THEN 'cables' WHEN 'MULTILINESTRING' THEN 'cables'
            WHEN 'POLYGON' THEN 'areas' WHEN 'MULTIPOLYGON' THEN 'areas'
            ELSE 'unlocated'
        END
    ELSE 'unlocated' END AS layer,
    id IN (${behind_sites}) AS is_behind_site
FROM places;

-- name: counts
-- For each layer, the number of features, the number that are drawn, and whether a feature can have several points.
SELECT layer, count(*) AS features, CASE WHEN layer = 'unlocated' THEN 0 ELSE count(*) END AS drawn,
    bool_or(layer = 'sites' AND geometry LIKE 'MULTIPOINT%') AS several
FROM places_by_layer GROUP BY layer
UNION ALL
SELECT 'projects', count(*), count(*) FILTER (id IN (SELECT unnest(project) FROM places_by_layer WHERE layer IN ('sites', 'areas') AND NOT is_behind_site)), true
FROM projects;

-- name: drawn_shapes
-- The geometries drawn in a layer of places. For the layer of projects, these are the sites and areas where projects are drawn.
SELECT geometry FROM places_by_layer WHERE layer = '${layer}'
UNION ALL
SELECT s.geometry
FROM (SELECT geometry, unnest(project) AS project FROM places_by_layer WHERE '${layer}' = 'projects' AND layer IN ('sites', 'areas') AND NOT is_behind_site) AS s
SEMI JOIN projects AS p ON p.id = s.project;

-- name: places
-- Places of a layer with their projects and sources, for a range of ids.
WITH claim_sources AS (
    SELECT id, list(DISTINCT source ORDER BY source) AS source FROM claims WHERE id BETWEEN ${first} AND ${last} GROUP BY id
),
layer_members AS (
    SELECT * FROM places_by_layer WHERE layer = '${layer}' AND id BETWEEN ${first} AND ${last}
),
pairs AS (
    SELECT id, unnest(project) AS project FROM layer_members
),
project_labels AS (
    SELECT a.id, list(r.label ORDER BY a.project) AS project_name FROM pairs AS a JOIN records AS r ON r.id = a.project GROUP BY a.id
)
SELECT
    p.id, p.name, p.kind AS place_kind, p.country, p.precision, p.radius::DOUBLE AS radius, list_sort(p.project) AS project, n.project_name,
    coalesce(t.source, []) AS source, h.reuse, p.geometry
FROM layer_members AS p
JOIN records AS h USING (id)
LEFT JOIN claim_sources AS t USING (id)
LEFT JOIN project_labels AS n USING (id)
ORDER BY p.id;

-- name: projects
-- Projects with their participants by role, their sources, and the sites and areas at which they are drawn, for a range of ids.
-- `source` and `reuse` also cover these places, whose licence can be stricter than that of the project. `reuse` is null if the
-- reuse of the project or of one of these places is unknown.
WITH claim_sources AS (
    SELECT id, list(DISTINCT source ORDER BY source) AS source FROM claims WHERE id BETWEEN ${first} AND ${last} GROUP BY id
),
named_roles AS (
    SELECT r.project, r.role, o.label
    FROM roles AS r JOIN records AS o ON o.id = r.organization
    WHERE r.project BETWEEN ${first} AND ${last} AND o.label IS NOT NULL
),
parts AS (
    SELECT project, ${roles} FROM named_roles GROUP BY project
),
located AS (
    SELECT p.id, p.geometry, coalesce(list_position(${reuse}, r.reuse), len(${reuse}) + 1) AS strictness, unnest(p.project) AS project
    FROM places_by_layer AS p
    JOIN records AS r USING (id)
    WHERE p.layer IN ('sites', 'areas') AND NOT p.is_behind_site
),
sites AS (
    SELECT project, list(geometry ORDER BY id) AS geometry, max(strictness) AS strictness
    FROM located
    WHERE project BETWEEN ${first} AND ${last}
    GROUP BY project
),
all_sources AS (
    SELECT id, list(DISTINCT source ORDER BY source) AS source
    FROM (
        SELECT id, unnest(source) AS source FROM claim_sources
        UNION ALL
        SELECT l.project, c.source FROM located AS l JOIN claims AS c ON c.id = l.id WHERE l.project BETWEEN ${first} AND ${last}
    )
    GROUP BY id
)
SELECT
    p.id, h.label AS name, p.kind, p.status, p.country, p.agreed, p.construction_start, p.started,
    p.operational, p.completed, p.ended, p.length::DOUBLE AS length, p.capacity::DOUBLE AS capacity, p.capacity_unit,
    p.website, parts.* EXCLUDE (project), coalesce(t.source, []) AS source, h.independent_sources,
    ${reuse}[greatest(coalesce(list_position(${reuse}, h.reuse), len(${reuse}) + 1), coalesce(s.strictness, 1))] AS reuse, s.geometry
FROM projects AS p
JOIN records AS h USING (id)
LEFT JOIN all_sources AS t USING (id)
LEFT JOIN parts ON parts.project = p.id
LEFT JOIN sites AS s ON s.project = p.id
WHERE p.id BETWEEN ${first} AND ${last}
ORDER BY p.id;
