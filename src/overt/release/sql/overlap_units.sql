-- Which source tells of which thing, and in which groups each thing is counted. A thing is a project, an organisation, or an
-- organisation at work in a country (`presence`): supplier or implementer of a project there, or named so by an index.
CREATE OR REPLACE TEMP TABLE overlap_told AS
WITH said AS (
    SELECT type, id, source, property, target FROM claims_out WHERE standing = 'current' AND source <> 'editorial'
),
roles_by AS (
    SELECT r.project, r.organization, s.source
    FROM roles AS r
    JOIN (SELECT DISTINCT id, source FROM said WHERE type = 'role') AS s USING (id)
    WHERE r.role IN ('supplier', 'implementer') AND r.organization IS NOT NULL
)
SELECT DISTINCT type AS unit, id, source FROM said WHERE type IN ('project', 'organization')
UNION
SELECT DISTINCT 'presence', r.organization || ' ' || p.country, r.source
FROM roles_by AS r
JOIN (SELECT id, unnest(country) AS country FROM projects) AS p ON p.id = r.project
UNION
SELECT DISTINCT 'presence', s.target || ' ' || a.country, s.source
FROM said AS s
JOIN assessments AS a USING (id)
WHERE s.type = 'assessment' AND s.property = 'supplier' AND s.target IS NOT NULL AND a.country IS NOT NULL;

CREATE OR REPLACE TEMP TABLE overlap_things AS
SELECT unit, id, list(source ORDER BY source) AS sources FROM overlap_told GROUP BY unit, id;

CREATE OR REPLACE TEMP TABLE overlap_country AS
SELECT 'project' AS unit, id, unnest(country) AS country FROM projects
UNION ALL
SELECT 'organization', id, country FROM organizations WHERE country IS NOT NULL
UNION ALL
SELECT unit, id, split_part(id, ' ', 2) FROM overlap_things WHERE unit = 'presence';

-- The first year that is known of a project.
CREATE OR REPLACE TEMP TABLE overlap_year AS
SELECT 'project' AS unit, id, year(coalesce(agreed_from, construction_start_from, started_from, operational_from, completed_from)) AS year
FROM projects
WHERE coalesce(agreed_from, construction_start_from, started_from, operational_from, completed_from) IS NOT NULL;

CREATE OR REPLACE TEMP TABLE overlap_groups AS
SELECT unit, 'all' AS cut, '' AS part, id FROM overlap_things
UNION ALL
SELECT 'project', 'kind', kind, id FROM project_kinds
UNION ALL
SELECT 'organization', 'kind', kind, id FROM organizations WHERE kind IS NOT NULL
UNION ALL
SELECT DISTINCT c.unit, 'region', r.region, c.id FROM overlap_country AS c JOIN area_regions AS r ON r.code = c.country
UNION ALL
SELECT unit, 'period', (year // 5 * 5) || '–' || (year // 5 * 5 + 4), id FROM overlap_year;
