-- Organisations: their list, projects, clients, money and seats, and the official lists that a release has.

-- name: by_id
SELECT id, label, label_lang, label_zh, kind, country, projects, countries, listings, sources FROM companies WHERE id = ?

-- name: clients
-- The customers, owners, operators and recipients of what an organisation supplies or implements.
SELECT o.id, o.label, o.label_lang, o.label_zh, o.country, count(DISTINCT k.id) AS projects, group_concat(DISTINCT c.role) AS roles
FROM (SELECT DISTINCT id FROM project_company WHERE organization = :id AND role IN ('supplier', 'implementer')) AS k
JOIN project_company AS c ON c.id = k.id AND c.organization <> :id AND c.role IN ('customer', 'owner', 'operator', 'recipient')
JOIN companies AS o ON o.id = c.organization
GROUP BY o.id
ORDER BY projects DESC, o.sort_label, o.id

-- name: count
SELECT count(*) AS organizations FROM companies AS c WHERE ${where}

-- name: financiers
-- The other financiers of projects in which an organisation has a role other than financier or guarantor, by unit.
SELECT m.unit, o.id, o.label, o.label_lang, o.label_zh, count(*) AS commitments, count(m.amount) AS stated, total(m.amount) AS amount,
    min(m.year) AS first_year, max(m.year) AS last_year
FROM (SELECT DISTINCT id FROM project_company WHERE organization = :id AND role NOT IN ('financier', 'guarantor')) AS k
JOIN commitments AS m ON m.project = k.id AND m.counted
JOIN project_company AS f ON f.id = k.id AND f.role = 'financier' AND f.record = m.id AND f.organization <> :id
JOIN companies AS o ON o.id = f.organization
GROUP BY m.unit, o.id
ORDER BY m.unit_rank, sum(count(m.amount)) OVER (PARTITION BY m.unit) DESC, m.unit, amount DESC, commitments DESC, o.sort_label, o.id

-- name: layers
SELECT l.layer, count(DISTINCT k.id) AS projects
FROM project_company AS k
JOIN project_layer AS l ON l.id = k.id
WHERE k.organization = ?
GROUP BY l.layer

-- name: money
-- The commitments of a financier, by unit, without those that repeat another one of its own.
SELECT m.unit, count(*) AS commitments, count(m.amount) AS stated, total(m.amount) AS amount, min(m.year) AS first_year, max(m.year) AS last_year,
    sum((SELECT count(*) FROM links AS o WHERE o.type = 'commitment' AND o.property = 'financier' AND o.id = m.id AND o.target <> l.target) > 0) AS joint
FROM links AS l
JOIN commitments AS m ON m.id = l.id
WHERE l.target = ? AND l.type = 'commitment' AND l.property = 'financier' AND NOT EXISTS (
    SELECT 1 FROM repeated_commitments AS r
    JOIN links AS e ON e.id = r.earlier AND e.type = 'commitment' AND e.property = 'financier' AND e.target = l.target
    WHERE r.id = m.id
)
GROUP BY m.unit
ORDER BY m.unit_rank, stated DESC, m.unit

-- name: money_by_kind
-- The same commitments by unit and by the flow type that most sources name.
SELECT m.unit, (SELECT f.value FROM facts AS f WHERE f.id = m.id AND f.property = 'flow-type' AND f.shown ORDER BY f.rank LIMIT 1) AS kind,
    total(m.amount) AS amount
FROM links AS l
JOIN commitments AS m ON m.id = l.id
WHERE l.target = ? AND l.type = 'commitment' AND l.property = 'financier' AND NOT EXISTS (
    SELECT 1 FROM repeated_commitments AS r
    JOIN links AS e ON e.id = r.earlier AND e.type = 'commitment' AND e.property = 'financier' AND e.target = l.target
    WHERE r.id = m.id
)
GROUP BY m.unit, kind
ORDER BY amount DESC, kind

-- name: official_lists
SELECT DISTINCT f.value AS list
FROM records AS r
JOIN facts AS f ON f.id = r.id AND f.property = 'list' AND f.shown
WHERE r.type = 'listing'
ORDER BY f.value

-- name: lists_in_part
-- Lists whose entries all come from our own registers, which have only the entries of some organisations.
SELECT f.value AS list
FROM records AS r
JOIN facts AS f ON f.id = r.id AND f.property = 'list' AND f.shown
JOIN sources AS s ON s.source = f.source
WHERE r.type = 'listing'
GROUP BY f.value
HAVING min(s.own) = 1
ORDER BY f.value

-- name: page
-- Organisations, with the number of surveillance or censorship systems that they supply, and the number of countries in which an
-- index names them as suppliers.
WITH supplied AS (
    SELECT k.organization, count(DISTINCT k.id) AS systems
    FROM project_company AS k
    JOIN documented_systems AS d ON d.id = k.id
    WHERE k.role = 'supplier'
    GROUP BY k.organization
),
named AS (
    SELECT l.target, count(DISTINCT a.country) AS countries
    FROM links AS l
    JOIN assessments AS a ON a.id = l.id
    WHERE l.type = 'assessment' AND l.property = 'supplier'
    GROUP BY l.target
),
w AS (
    SELECT o.id, coalesce(s.systems, 0) AS systems, coalesce(n.countries, 0) AS indexed
    FROM companies AS o
    LEFT JOIN supplied AS s ON s.organization = o.id
    LEFT JOIN named AS n ON n.target = o.id
)
SELECT c.id, c.label, c.label_lang, c.label_zh, c.kind, c.country, c.projects, c.countries, c.listings,
    r.voices AS independent_sources, w.systems, w.indexed
FROM companies AS c
JOIN records AS r ON r.id = c.id
JOIN w ON w.id = c.id
WHERE ${where}
ORDER BY ${order}
LIMIT ? OFFSET ?

-- name: parts
SELECT coalesce(l.layer, '') AS layer, k.role, count(DISTINCT k.id) AS projects
FROM project_company AS k
LEFT JOIN project_layer AS l ON l.id = k.id
WHERE k.organization = ?
GROUP BY 1, 2

-- name: seats
SELECT country, count(*) AS organizations FROM companies WHERE country IS NOT NULL GROUP BY country ORDER BY organizations DESC, country

-- name: sources
SELECT DISTINCT s.source
FROM project_company AS k
JOIN project_source AS s ON s.id = k.id
WHERE k.organization = ?
ORDER BY s.source

-- name: spans
-- The dates (EDTF) of the newest projects in which an organisation has a role, by year, undated projects last.
WITH newest AS (
    SELECT DISTINCT p.id, p.label, p.label_lang, p.label_zh, p.layer, p.year, p.sort_label
    FROM project_company AS k
    JOIN projects AS p ON p.id = k.id
    WHERE k.organization = ?
    ORDER BY p.year IS NULL, p.year DESC, p.sort_label, p.id
    LIMIT ?
)
SELECT n.id, n.label, n.label_lang, n.label_zh, n.layer, f.property, f.value
FROM newest AS n
LEFT JOIN facts AS f ON f.id = n.id AND f.shown AND f.rank = 1
    AND f.property IN ('agreed', 'construction-start', 'started', 'operational', 'completed', 'ended')
ORDER BY n.year IS NULL, n.year, n.sort_label, n.id

-- name: supplied_systems
SELECT count(DISTINCT k.id) AS systems
FROM project_company AS k
JOIN documented_systems AS d ON d.id = k.id
WHERE k.organization = ? AND k.role = 'supplier'

-- name: disputed_seats
-- The suppliers and implementers of these projects (a JSON list) on whose country sources disagree, each with its projects.
SELECT DISTINCT c.organization, c.id AS project
FROM project_company AS c
JOIN facts AS f ON f.id = c.organization AND f.property = 'country' AND f.rank = 1 AND f.contested
WHERE c.role IN ('supplier', 'implementer') AND c.id IN (SELECT value FROM json_each(?))
ORDER BY c.organization, c.id

-- name: rival_seats
-- For organisations on whose seat sources disagree: the countries that sources name as the seat, the shown country first.
SELECT c.id AS organization, f.value AS country
FROM companies AS c
JOIN facts AS shown ON shown.id = c.id AND shown.property = 'country' AND shown.rank = 1 AND shown.contested
JOIN facts AS f ON f.id = c.id AND f.property = 'country' AND f.value IS NOT NULL
ORDER BY c.id, f.rank, f.value
