-- What is recorded about countries.

-- name: listed
SELECT c.code, a.label, a.label_zh, a.kind, a.part_of, c.projects, c.located, c.assessments, c.indicators, c.agreements, c.restrictions
FROM countries AS c
JOIN areas AS a USING (code)
WHERE ${where}
ORDER BY a.label

-- name: cable_parts
-- The suppliers, owners and operators of submarine cables that land in a country.
SELECT DISTINCT k.id AS project, k.role IN ('supplier', 'implementer') AS supplies, o.id, o.label, o.label_lang, o.label_zh, o.sort_label
FROM project_country AS c
JOIN project_kind AS s ON s.id = c.id AND s.kind = 'submarine-cable'
JOIN project_company AS k ON k.id = c.id
JOIN companies AS o ON o.id = k.organization
WHERE c.country = ? AND k.role IN ('supplier', 'implementer', 'owner', 'operator')
ORDER BY o.sort_label, o.id

-- name: cables
SELECT p.id, p.label, p.label_lang, p.label_zh, p.layer, p.date, p.year, p.status,
    p.voices AS independent_sources, s.planned, s.planned_as_of
FROM project_country AS c
JOIN project_kind AS k ON k.id = c.id AND k.kind = 'submarine-cable'
JOIN projects AS p ON p.id = c.id
LEFT JOIN spans AS s ON s.id = p.id
WHERE c.country = ?
ORDER BY p.year IS NULL, p.year DESC, p.sort_label, p.id

-- name: dated_sources
-- The sources of a country's charts: of its projects' layers, suppliers and dates.
WITH recorded AS (SELECT id FROM project_country WHERE country = ?),
dated AS (
    SELECT DISTINCT f.id FROM recorded JOIN facts AS f ON f.id = recorded.id AND f.shown AND f.rank = 1
    WHERE f.property IN ('agreed', 'construction-start', 'started', 'operational', 'completed', 'ended')
)
SELECT 'layers' AS chart, c.source
FROM recorded JOIN claims AS c ON c.id = recorded.id AND c.property = 'kind' AND c.standing = 'current'
UNION
SELECT 'suppliers', c.source
FROM recorded
JOIN project_company AS k ON k.id = recorded.id AND k.role IN ('supplier', 'implementer')
JOIN claims AS c ON c.id = k.record AND c.standing = 'current'
UNION
SELECT 'dates', c.source
FROM dated JOIN claims AS c ON c.id = dated.id AND c.standing = 'current'
WHERE c.property IN ('kind', 'agreed', 'construction-start', 'started', 'operational', 'completed', 'ended')
ORDER BY chart, source

-- name: landings
SELECT DISTINCT l.project, s.id, s.label
FROM project_country AS c
JOIN place_project AS l ON l.project = c.id
JOIN places AS s ON s.n = l.n
WHERE c.country = :country AND s.country = :country AND s.kind = 'landing-point'
ORDER BY s.label, s.id

-- name: layer_years
SELECT p.year, l.layer, count(*) AS projects
FROM project_country AS c
JOIN projects AS p ON p.id = c.id
JOIN project_layer AS l ON l.id = c.id
WHERE c.country = ?
GROUP BY p.year, l.layer
ORDER BY p.year, l.layer

-- name: money
SELECT m.unit, m.year, count(*) AS commitments, count(m.amount) AS stated, total(m.amount) AS amount,
    total(CASE WHEN m.status = 'cancelled' THEN m.amount END) AS cancelled,
    sum((SELECT count(*) FROM project_country AS o WHERE o.id = m.project) > 1) AS shared
FROM project_country AS c
JOIN commitments AS m ON m.project = c.id AND m.counted
WHERE c.country = ?
GROUP BY m.unit, m.year
ORDER BY m.unit, m.year

-- name: money_sources
-- The sources of commitments, by unit.
SELECT DISTINCT k.unit, m.source
FROM project_country AS c
JOIN commitments AS k ON k.project = c.id AND k.counted
JOIN members AS m ON m.id = k.id AND m.current
WHERE c.country = ?
ORDER BY k.unit, m.source

-- name: programmes
-- The number of state programmes of each country.
SELECT target AS code, count(DISTINCT id) AS programmes
FROM links
WHERE type = 'programme' AND property = 'country'
GROUP BY target
ORDER BY programmes DESC, target

-- name: surveillance_projects
-- Projects of some layers with their status, and whether they have a named supplier or implementer. `?`: names of layers in JSON.
SELECT p.id, p.status, EXISTS (SELECT 1 FROM project_company AS k WHERE k.id = p.id AND k.role IN ('supplier', 'implementer')) AS named
FROM projects AS p
WHERE p.id IN (SELECT id FROM project_layer WHERE layer IN (SELECT value FROM json_each(?)))

-- name: project_years
-- The number of the projects with these ids by year; the year is null for those without a date. `?`: ids in JSON.
SELECT year, count(*) AS projects FROM projects WHERE id IN (SELECT value FROM json_each(?)) GROUP BY year ORDER BY year

-- name: project_count
SELECT count(*) AS projects FROM projects AS p WHERE ${where}

-- name: restriction_dates
-- Every restriction in a country with its shown dates (EDTF), and whether a source measured it.
SELECT l.id,
    (SELECT f.value FROM facts AS f WHERE f.id = l.id AND f.property = 'start' AND f.shown ORDER BY f.rank LIMIT 1) AS "start",
    (SELECT f.value FROM facts AS f WHERE f.id = l.id AND f.property = 'end' AND f.shown ORDER BY f.rank LIMIT 1) AS "end",
    EXISTS (SELECT 1 FROM facts AS f WHERE f.id = l.id AND f.source IN (SELECT source FROM observed_series)) AS measured
FROM (SELECT DISTINCT id FROM links WHERE target = ? AND type = 'restriction' AND property = 'country') AS l
ORDER BY l.id

-- name: restrictions
SELECT l.id
FROM (SELECT DISTINCT id FROM links WHERE target = ? AND type = 'restriction' AND property = 'country') AS l
LEFT JOIN facts AS f ON f.id = l.id AND f.property = 'start' AND f.rank = (SELECT min(rank) FROM facts WHERE id = l.id AND property = 'start')
ORDER BY f.value IS NULL, ltrim(f.value, './') DESC, l.id
LIMIT ?

-- name: sources
SELECT s.source, count(DISTINCT s.id) AS projects
FROM project_country AS c
JOIN project_source AS s ON s.id = c.id
WHERE c.country = ?
GROUP BY s.source
ORDER BY s.source

-- name: spans
-- A country's projects with their dates (EDTF): a row for each date property, with its first shown value, and one row for a
-- project without any dates.
SELECT p.id, p.label, p.label_lang, p.label_zh, p.layer, f.property, f.value
FROM project_country AS c
JOIN projects AS p ON p.id = c.id
LEFT JOIN facts AS f ON f.id = p.id AND f.shown AND f.rank = 1
    AND f.property IN ('agreed', 'construction-start', 'started', 'operational', 'completed', 'ended')
WHERE c.country = ?
ORDER BY p.year IS NULL, p.year, p.sort_label, p.id

-- name: suppliers
-- The suppliers and implementers of some projects.
SELECT DISTINCT k.id AS project, o.id, o.label, o.label_lang, o.label_zh, o.sort_label
FROM project_company AS k
JOIN companies AS o ON o.id = k.organization
WHERE k.id IN (SELECT value FROM json_each(?)) AND k.role IN ('supplier', 'implementer')
ORDER BY o.sort_label, o.id

-- name: unknown
SELECT count(*) AS projects, sum(unlocated) AS unlocated, sum(undated) AS undated, sum(unnamed) AS unnamed, sum(single_source) AS single_source,
    sum(status_unknown) AS status_unknown
FROM country_lacking
WHERE country = ?

-- name: unnamed
-- The number of these countries' projects without a supplier or implementer, by source, for sources that say why they name no
-- supplier.
SELECT n.source, n.suppliers, count(DISTINCT c.id) AS projects
FROM project_country AS c
JOIN project_source AS s ON s.id = c.id
JOIN sources AS n ON n.source = s.source AND n.suppliers IS NOT NULL
WHERE c.country IN (SELECT value FROM json_each(?))
    AND NOT EXISTS (SELECT 1 FROM project_company AS k WHERE k.id = c.id AND k.role IN ('supplier', 'implementer'))
GROUP BY n.source, n.suppliers
ORDER BY projects DESC, n.source
