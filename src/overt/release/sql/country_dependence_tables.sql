-- The suppliers, lenders and cables on which countries depend.

-- name: placed
-- Projects with a place in a country that is known to a province or better.
SELECT DISTINCT unnest(project) AS id, country
FROM places
WHERE "precision" IN ('exact', 'locality', 'admin2', 'admin1');

-- name: parts
-- Who supplies what to whom: one row per country, sector, unit (a project or a commitment) and supplier. `amount` is the supplier's
-- part of the unit: several suppliers of a project have equal parts. A commitment is credited to its financier. If it has several,
-- `supplier` is null, because sources don't say how they split it; otherwise null means unknown. Left out: cancelled and denied
-- projects, cancelled commitments, commitments that repeat others (`repeated_commitments`), money for projects in several
-- countries, and amounts that are not positive or not in US dollars of 2021.
WITH begun AS (
    SELECT id, country, year(least(agreed_from, construction_start_from, started_from, operational_from, completed_from)) AS year
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
    WHERE role IN ('supplier', 'implementer') AND organization IN (SELECT id FROM organizations) -- a supplier without a record is unknown
),
located AS (
    SELECT b.id, c.country, s.sector, b.year
    FROM begun AS b
    JOIN sector AS s USING (id)
    JOIN project_countries AS c USING (id)
)
SELECT s.country, s.sector, s.id AS unit, s.id AS project, s.year, p.id IS NOT NULL AS precise, u.organization AS supplier,
    1::DOUBLE / count(*) OVER (PARTITION BY s.country, s.sector, s.id) AS amount
FROM located AS s
LEFT JOIN supplied AS u ON u.project = s.id
LEFT JOIN dependence_placed AS p ON p.id = s.id AND p.country = s.country
UNION ALL
SELECT b.country[1], 'finance', c.id, c.project, coalesce(year(c.agreed_from), b.year), p.id IS NOT NULL, if(len(c.financier) = 1, c.financier[1], NULL),
    c.amount::DOUBLE
FROM commitments AS c
JOIN begun AS b ON b.id = c.project AND len(b.country) = 1
LEFT JOIN dependence_placed AS p ON p.id = b.id AND p.country = b.country[1]
WHERE c.id NOT IN (SELECT id FROM repeated_commitments) AND c.amount_unit = 'USD@2021' AND c.amount > 0 AND coalesce(c.status, 'unknown') <> 'cancelled';

-- name: scope
-- What is counted by country, sector and year. A year counts everything that had begun by its end; a null year counts everything,
-- even without a date. Rows with `placed_only` count only projects with a place in the country known to a province or better.
WITH scope AS (SELECT *, false AS placed_only FROM dependence_parts UNION ALL SELECT *, true FROM dependence_parts WHERE precise),
years AS (
    SELECT DISTINCT country, sector, placed_only, year FROM scope WHERE year IS NOT NULL
    UNION ALL
    SELECT DISTINCT country, sector, placed_only, NULL::BIGINT FROM scope
)
SELECT y.country, y.sector, y.year::INTEGER AS year, y.placed_only, s.supplier, s.unit, s.project, s.amount
FROM years AS y
JOIN scope AS s ON s.country = y.country AND s.sector = y.sector AND s.placed_only = y.placed_only AND (y.year IS NULL OR s.year <= y.year);

-- name: limits
-- How the sources chose the projects of each country, sector and year, if all of them made a selection (`limited_to`). Editors'
-- additions to a project do not widen the selection.
WITH limited AS (
    SELECT DISTINCT c.id AS project, l.source, l.limited_to, l.limited_to_zh
    FROM claims_out AS c
    JOIN source_limits AS l USING (source)
    WHERE c.standing = 'current' AND c.id IN (SELECT project FROM dependence_parts)
),
scoped AS (
    SELECT DISTINCT s.country, s.sector, s.year, s.placed_only, t.limited_to, t.limited_to_zh
    FROM (SELECT DISTINCT country, sector, project, year, placed_only FROM dependence_scope) AS s
    JOIN limited AS t USING (project)
)
SELECT country, sector, year, placed_only, string_agg(limited_to, ' ' ORDER BY limited_to) AS limited_to,
    if(bool_and(limited_to_zh IS NOT NULL), string_agg(limited_to_zh, '' ORDER BY limited_to), NULL) AS limited_to_zh
FROM scoped
GROUP BY ALL
HAVING bool_and(limited_to IS NOT NULL);

-- name: amounts
-- Amounts of each supplier. Nothing is rounded, and amounts are added in order of size, so that the order of rows does not
-- matter.
SELECT country, sector, year, placed_only, supplier, sum(amount ORDER BY amount) AS amount, count(DISTINCT unit)::INTEGER AS units,
    list(DISTINCT unit ORDER BY unit) FILTER (year IS NULL) AS rows
FROM dependence_scope
GROUP BY ALL;

-- name: suppliers
-- Amounts and share of each supplier; no share if all sources made a selection. A null supplier is unknown.
SELECT h.country, h.sector, h.year, h.placed_only, h.supplier, h.amount::DECIMAL(38, 6) AS amount, h.units,
    if(l.country IS NULL, h.amount / sum(h.amount ORDER BY h.amount) OVER (PARTITION BY h.country, h.sector, h.year, h.placed_only), NULL)::DECIMAL(9, 6)
        AS share, h.rows
FROM dependence_amounts AS h
LEFT JOIN dependence_limits AS l
    ON l.country = h.country AND l.sector = h.sector AND l.year IS NOT DISTINCT FROM h.year AND l.placed_only = h.placed_only
ORDER BY h.country, h.sector, h.year NULLS FIRST, h.placed_only, h.supplier NULLS LAST;

-- name: sectors
-- Concentration: the Herfindahl–Hirschman index of the shares of known suppliers, 0 to 10,000, with bounds for the unknown
-- shares. The lower bound treats each unknown share as negligibly small, the upper bound gives all of them to the largest
-- supplier. All three come from one sum of squares, rounded once, so that they are equal if nothing is unknown. If several
-- suppliers are equally large, none counts as the largest. There is no index if all sources made a selection (`limited_to`),
-- because it would only measure that selection.
WITH summed AS (
    SELECT country, sector, year, placed_only, sum(amount ORDER BY amount) AS amount,
        count(supplier)::INTEGER AS suppliers, sum(amount ORDER BY amount) FILTER (supplier IS NOT NULL) AS known,
        coalesce(sum(amount ORDER BY amount) FILTER (supplier IS NULL), 0) AS unknown,
        sum(amount * amount ORDER BY amount) FILTER (supplier IS NOT NULL) AS squares, max(amount) FILTER (supplier IS NOT NULL) AS top_amount
    FROM dependence_amounts
    GROUP BY ALL
),
first AS (
    SELECT h.country, h.sector, h.year, h.placed_only, count(*)::INTEGER AS top_suppliers, min(h.supplier) AS top
    FROM dependence_amounts AS h
    JOIN summed AS s ON s.country = h.country AND s.sector = h.sector AND s.year IS NOT DISTINCT FROM h.year AND s.placed_only = h.placed_only
    WHERE h.supplier IS NOT NULL AND round(h.amount, 6) = round(s.top_amount, 6)
    GROUP BY ALL
)
SELECT s.country, s.sector, s.year, s.placed_only, round(s.amount, 3)::DECIMAL(38, 4) AS amount, s.suppliers,
    (s.unknown / s.amount)::DECIMAL(9, 6) AS unknown_share,
    if(l.country IS NULL, 10000 * s.squares / (s.known * s.known), NULL)::DECIMAL(9, 1) AS concentration,
    if(l.country IS NULL, 10000 * s.squares / (s.amount * s.amount), NULL)::DECIMAL(9, 1) AS concentration_low,
    if(l.country IS NULL, coalesce(10000 * (s.squares + 2 * s.top_amount * s.unknown + s.unknown * s.unknown) / (s.amount * s.amount), 10000), NULL)
        ::DECIMAL(9, 1) AS concentration_high,
    if(l.country IS NULL AND f.top_suppliers = 1, f.top, NULL) AS top, if(l.country IS NULL, f.top_suppliers, NULL) AS top_suppliers,
    if(l.country IS NULL, s.top_amount / s.amount, NULL)::DECIMAL(9, 6) AS top_share, l.limited_to, l.limited_to_zh
FROM summed AS s
LEFT JOIN first AS f ON f.country = s.country AND f.sector = s.sector AND f.year IS NOT DISTINCT FROM s.year AND f.placed_only = s.placed_only
LEFT JOIN dependence_limits AS l
    ON l.country = s.country AND l.sector = s.sector AND l.year IS NOT DISTINCT FROM s.year AND l.placed_only = s.placed_only
ORDER BY s.country, s.sector, s.year NULLS FIRST, s.placed_only;

-- name: cables
-- Each submarine cable with its countries, suppliers and owners, and whether it is under construction, completed or in use.
-- Cancelled, denied and decommissioned cables are left out.
SELECT p.id, list(DISTINCT l.country ORDER BY l.country) AS countries,
    (SELECT list(DISTINCT organization ORDER BY organization) FROM roles WHERE project = p.id AND role = 'supplier') AS suppliers,
    (SELECT list(DISTINCT organization ORDER BY organization) FROM roles WHERE project = p.id AND role = 'owner') AS owners,
    coalesce(p.status, 'unknown') IN ('operational', 'under-construction', 'completed') AS standing
FROM projects AS p
JOIN project_countries AS l USING (id)
WHERE coalesce(p.status, 'unknown') NOT IN ('cancelled', 'denied', 'decommissioned')
    AND p.id IN (SELECT id FROM project_kinds WHERE kind = 'submarine-cable')
GROUP BY p.id, p.status
ORDER BY p.id;

-- name: cables_in_use
-- Each submarine cable that is completed or in use, or was in use until a known end, with its countries and its first and last
-- year of use (null if unknown). Rows with `placed_only` have only cables whose first year is certain, and only countries in
-- which one of the cable's places is known to a province or better.
WITH cable AS (
    SELECT id, country, year(coalesce(operational_from, completed_from)) AS first, year(coalesce(operational_to, completed_to)) AS first_at_latest,
        year(ended_to) AS last
    FROM projects
    WHERE id IN (SELECT id FROM project_kinds WHERE kind = 'submarine-cable')
        AND (status IN ('operational', 'completed') OR (status = 'decommissioned' AND ended_to IS NOT NULL))
)
SELECT id, list_sort(list_distinct(country)) AS countries, first, last, false AS placed_only
FROM cable
WHERE country IS NOT NULL
UNION ALL
SELECT c.id, list(p.country ORDER BY p.country), c.first, c.last, true
FROM cable AS c
JOIN dependence_placed AS p ON p.id = c.id AND list_contains(c.country, p.country)
WHERE c.first = c.first_at_latest
GROUP BY c.id, c.first, c.last
ORDER BY placed_only, id;
