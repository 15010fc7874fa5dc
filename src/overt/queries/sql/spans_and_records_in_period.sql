-- Spans of records, and what was in place in a period.

-- name: by_id
SELECT id, type, begun, not_begun, begin_earliest, begin_latest, end_earliest, end_latest, rules, claims, planned, planned_as_of,
    planned_by, planned_end, planned_end_as_of, status, status_as_of, confirmed, stale, counts
FROM spans
WHERE id IN (SELECT value FROM json_each(?))

-- name: projects_of
-- The projects of an area or an organisation: those that were certainly in place in a period, then those that possibly were, then
-- those that were only planned. A plan counts if it was known by the last day of the period.
WITH parts AS (${parts})
SELECT s.id, ${in_place} AS in_place, parts.role
FROM parts
JOIN spans AS s ON s.id = parts.id
JOIN projects AS p ON p.id = s.id
WHERE in_place <> 'not' OR (s.not_begun = 'planned' AND s.planned_by <= :last)
ORDER BY in_place = 'not', in_place, p.sort_label, s.id

-- name: linked
-- Records of a type that refer to a record or an area by a property, and were in place in a period.
SELECT DISTINCT s.id, ${in_place} AS in_place, NULL AS role
FROM links AS l
JOIN spans AS s ON s.id = l.id
WHERE l.target = :target AND l.type = :type AND l.property = :property AND in_place <> 'not'
ORDER BY in_place, s.begin_earliest, s.id

-- name: organizations
-- Organisations with a part in projects of an area in a period, by role, those with the most projects first. The role itself must
-- have been in place. A role without a span of its own has the span of its project.
SELECT c.organization AS id, c.role, count(DISTINCT CASE WHEN ${in_place} = 'certainly' THEN c.id END) AS certain, count(DISTINCT c.id) AS projects
FROM project_country AS h
JOIN project_company AS c ON c.id = h.id
JOIN spans AS s ON s.id = CASE WHEN EXISTS (SELECT 1 FROM spans AS r WHERE r.id = c.record AND r.type = 'role') THEN c.record ELSE c.id END
WHERE h.country = :target AND ${in_place} <> 'not'
GROUP BY c.organization, c.role
ORDER BY projects DESC, certain DESC, c.organization, c.role
LIMIT :most

-- name: countries
-- The number of records by country and type, and for projects also by layer: records that were certainly or possibly in place
-- in a period (`possible` includes `certain`), and records that were only planned (as in `projects_of`).
WITH there AS (
    SELECT s.id, s.type, ${in_place} AS in_place, s.not_begun = 'planned' AND s.planned_by <= :last AS planned FROM spans AS s
    WHERE s.type IN ('project', 'programme', 'restriction', 'agreement')
),
placed AS (
    SELECT h.country, 'project' AS type, '' AS layer, t.id, t.in_place, t.planned
    FROM project_country AS h JOIN there AS t ON t.id = h.id AND t.type = 'project'
    UNION ALL
    SELECT h.country, 'project', l.layer, t.id, t.in_place, t.planned
    FROM project_country AS h JOIN there AS t ON t.id = h.id AND t.type = 'project' JOIN project_layer AS l ON l.id = h.id
    UNION ALL
    SELECT k.target, t.type, '', t.id, t.in_place, t.planned
    FROM there AS t
    JOIN links AS k ON k.id = t.id AND k.type = t.type AND k.property = CASE t.type WHEN 'agreement' THEN 'party-country' ELSE 'country' END
)
SELECT country, type, layer, sum(in_place = 'certainly') AS certain, sum(in_place <> 'not') AS possible,
    sum(in_place = 'not' AND coalesce(planned, false)) AS planned
FROM placed
GROUP BY country, type, layer
ORDER BY country, type, layer
