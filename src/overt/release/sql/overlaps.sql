-- Overlaps: how many items each combination of sources has.

-- name: memberships
-- The items that each source has; editors' claims don't count. An item is a project, an organisation, or the presence of an
-- organisation in a country (`presence`): as supplier or implementer of a project there, or as a supplier named by an index.
WITH current_claims AS (
    SELECT type, id, source, property, target FROM claims_out WHERE standing = 'current' AND source <> 'editorial'
),
roles_by AS (
    SELECT r.project, r.organization, s.source
    FROM roles AS r
    JOIN (SELECT DISTINCT id, source FROM current_claims WHERE type = 'role') AS s USING (id)
    WHERE r.role IN ('supplier', 'implementer') AND r.organization IS NOT NULL
)
SELECT DISTINCT type AS unit, id, source FROM current_claims WHERE type IN ('project', 'organization')
UNION
SELECT DISTINCT 'presence', r.organization || ' ' || p.country, r.source
FROM roles_by AS r
JOIN project_countries AS p ON p.id = r.project
UNION
SELECT DISTINCT 'presence', s.target || ' ' || a.country, s.source
FROM current_claims AS s
JOIN assessments AS a USING (id)
WHERE s.type = 'assessment' AND s.property = 'supplier' AND s.target IS NOT NULL AND a.country IS NOT NULL;

-- name: things
-- The sources of each item.
SELECT unit, id, list(source ORDER BY source) AS sources FROM overlap_memberships GROUP BY unit, id;

-- name: countries
-- The countries of each item.
SELECT 'project' AS unit, id, country FROM project_countries
UNION ALL
SELECT 'organization', id, country FROM organizations WHERE country IS NOT NULL
UNION ALL
SELECT unit, id, split_part(id, ' ', 2) FROM overlap_things WHERE unit = 'presence';

-- name: years
-- The year of each project, as lists and pages show it.
SELECT 'project' AS unit, id, year FROM (${years}) WHERE year IS NOT NULL;

-- name: groups
-- The groups in which each item is counted: all items, and by kind, region and period of five years.
SELECT unit, 'all' AS cut, '' AS part, id FROM overlap_things
UNION ALL
SELECT 'project', 'kind', kind, id FROM project_kinds
UNION ALL
SELECT 'organization', 'kind', kind, id FROM organizations WHERE kind IS NOT NULL
UNION ALL
SELECT DISTINCT c.unit, 'region', r.region, c.id FROM overlap_countries AS c JOIN area_regions AS r ON r.code = c.country
UNION ALL
SELECT unit, 'period', (year // 5 * 5) || '–' || (year // 5 * 5 + 4), id FROM overlap_years;

-- name: overlaps
-- How many items each combination of sources has, by group.
SELECT g.unit, g.cut, g.part, t.sources, count(*) AS things
FROM overlap_groups AS g
JOIN overlap_things AS t USING (unit, id)
GROUP BY ALL
ORDER BY ALL;

-- name: scopes
-- The countries and the first and last year of each source's items, by group. Items without a country or year are ignored.
SELECT g.unit, g.cut, g.part, t.source, list(DISTINCT c.country ORDER BY c.country) FILTER (c.country IS NOT NULL) AS countries,
    min(y.year) AS first, max(y.year) AS last
FROM overlap_groups AS g
JOIN overlap_memberships AS t USING (unit, id)
LEFT JOIN overlap_countries AS c USING (unit, id)
LEFT JOIN overlap_years AS y USING (unit, id)
GROUP BY ALL
ORDER BY ALL;

-- name: records
-- The records of the items of one group, each with its source.
SELECT m.record, m.source
FROM members AS m
JOIN overlap_groups AS g ON g.id = m.id AND g.unit = m.type
WHERE g.unit = ? AND g.cut = ? AND g.part = ?
ORDER BY m.record;
