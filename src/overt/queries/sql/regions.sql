-- Regions, their members, and what is recorded in the countries that are members on the release's day. A project in several
-- members counts once.

-- name: counts
SELECT r.id, count(DISTINCT p.id) AS projects,
    (SELECT count(DISTINCT m.area) FROM region_areas AS m JOIN areas AS a ON a.code = m.area AND a.kind <> 'region'
        WHERE m.region = r.id AND m.current AND m.listed) AS members
FROM regions AS r
LEFT JOIN project_region AS p ON p.region = r.id
GROUP BY r.id
ORDER BY r.position

-- name: find
SELECT id FROM regions WHERE id = ?

-- name: memberships
SELECT region, area, joined, "left", note, note_zh, current, listed
FROM region_areas
WHERE region = ?
ORDER BY area, joined

-- name: of_area
-- Regions that an area belongs or belonged to, in the order in which the content lists them.
SELECT m.region, m.area, m.joined, m."left", m.note, m.note_zh, m.current, m.listed
FROM region_areas AS m
JOIN regions AS r ON r.id = m.region
WHERE m.area = ?
ORDER BY r.position, m.joined

-- name: active_organizations
SELECT DISTINCT k.organization AS id FROM project_region AS c JOIN project_company AS k ON k.id = c.id WHERE c.region = ?

-- name: money
SELECT m.unit, count(*) AS commitments, count(m.amount) AS stated, total(m.amount) AS amount, min(m.year) AS first_year, max(m.year) AS last_year
FROM project_region AS c
JOIN commitments AS m ON m.project = c.id AND m.counted
WHERE c.region = ?
GROUP BY m.unit
ORDER BY m.unit_rank, stated DESC, m.unit

-- name: assessments
-- The number of members that each edition of an index assesses, in the row with an empty `kind`, and the number in which it
-- reports each kind of technology.
SELECT a.year, count(DISTINCT a.country) AS countries, a.kind
FROM (SELECT year, country, kind FROM assessments UNION SELECT year, country, '' FROM assessments) AS a
WHERE a.country IN (SELECT area FROM region_areas WHERE region = ? AND current)
GROUP BY a.year, a.kind
ORDER BY a.year DESC, countries DESC, a.kind

-- name: series
-- The members' values of a series, for the newest year with a value in any of them.
WITH within AS (
    SELECT i.country, i.year, i.value, i.code
    FROM indicators AS i
    WHERE i.series = :series AND i.country IN (SELECT area FROM region_areas WHERE region = :region AND current AND listed)
)
SELECT DISTINCT country, year, CAST(value AS REAL) AS value, value AS text
FROM within
WHERE year = (SELECT max(year) FROM within WHERE value IS NOT NULL) AND value IS NOT NULL
ORDER BY value, country

-- name: dated
SELECT DISTINCT region FROM region_areas WHERE joined IS NOT NULL OR "left" IS NOT NULL ORDER BY region
