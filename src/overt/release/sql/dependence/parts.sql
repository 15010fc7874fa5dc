-- Who supplies what to whom: one row a country, sector, unit and supplier. A unit of several suppliers is shared equally among them; money
-- is whoever's alone promised it, and of several financiers nobody's, for the sources do not split it. No supplier: not known.
CREATE OR REPLACE TEMP TABLE dependence_parts AS
WITH begun AS (
    SELECT id, country, year(least(agreed_from, construction_start_from, started_from, operational_from)) AS year
    FROM projects
    WHERE coalesce(status, 'unknown') NOT IN ('cancelled', 'denied')
),
sector AS (
    SELECT DISTINCT k.id, t.layer AS sector
    FROM project_kinds AS k
    JOIN terms AS t ON t.vocabulary = 'project-kinds' AND t.id = k.kind
    WHERE t.layer IN ('networks', 'cables', 'data-centres')
),
supplied AS (
    SELECT DISTINCT project, organization
    FROM roles
    WHERE role IN ('supplier', 'implementer') AND organization IN (SELECT id FROM organizations) -- of one without a record nothing is known
),
placed AS (
    SELECT DISTINCT unnest(project) AS id, country
    FROM places
    WHERE "precision" IN ('exact', 'locality', 'admin2', 'admin1')
),
stands AS (SELECT b.id, unnest(b.country) AS country, s.sector, b.year FROM begun AS b JOIN sector AS s USING (id))
SELECT s.country, s.sector, s.id AS unit, s.id AS project, s.year, p.id IS NOT NULL AS precise, u.organization AS supplier,
    1::DOUBLE / count(*) OVER (PARTITION BY s.country, s.sector, s.id) AS amount
FROM stands AS s
LEFT JOIN supplied AS u ON u.project = s.id
LEFT JOIN placed AS p ON p.id = s.id AND p.country = s.country
UNION ALL
SELECT b.country[1], 'finance', c.id, c.project, coalesce(year(c.agreed_from), b.year), p.id IS NOT NULL, if(len(c.financier) = 1, c.financier[1], NULL),
    c.amount::DOUBLE
FROM commitments AS c
JOIN begun AS b ON b.id = c.project AND len(b.country) = 1
LEFT JOIN placed AS p ON p.id = b.id AND p.country = b.country[1]
WHERE c.amount_unit = 'USD@2021' AND c.amount > 0 AND coalesce(c.status, 'unknown') <> 'cancelled'
