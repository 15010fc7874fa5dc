-- Projects, their participants and their places.

-- name: arrays
SELECT name, kind, data FROM vectors

-- name: listed
SELECT p.id, p.label, p.label_lang, p.label_zh, p.layer, p.kinds, p.countries, p.status, p.year, p.date, p.companies, p.company_count, p.voices AS independent_sources,
    p.located,
    s.planned, s.planned_as_of
FROM projects AS p
LEFT JOIN spans AS s ON s.id = p.id
WHERE ${where}
ORDER BY ${order}
LIMIT ? OFFSET ?

-- name: flat
SELECT f.* FROM projects_flat AS f WHERE f.id IN (SELECT value FROM json_each(?)) ORDER BY f.id

-- name: committed_records
SELECT DISTINCT value AS record
FROM claims
WHERE id IN (SELECT value FROM json_each(?)) AND property = 'project' AND standing = 'current'

-- name: repeated_commitments
-- Pairs of commitments (`:ids`, a JSON list) that are the same promise.
SELECT id, earlier
FROM repeated_commitments
WHERE same AND id IN (SELECT value FROM json_each(:ids)) AND earlier IN (SELECT value FROM json_each(:ids))
ORDER BY id, earlier

-- name: companies
-- One row per organisation of a project, with the first of its roles in the order of the vocabulary. The rows of a project are
-- sorted by that role, then by name.
SELECT c.id AS project, c.organization AS id, r.label, r.label_lang, r.label_zh, c.role, min(coalesce(t.position, 1000)) AS position
FROM project_company AS c
JOIN records AS r ON r.id = c.organization
LEFT JOIN terms AS t ON t.vocabulary = 'roles' AND t.id = c.role
WHERE c.id IN (SELECT value FROM json_each(?))
GROUP BY c.id, c.organization
ORDER BY c.id, position, r.label, c.organization

-- name: parties
-- The customers and operators of each project, then its suppliers, both sorted by name. `seat`: the country of an organisation.
-- `only`: a JSON list of ids, or NULL for all projects.
SELECT DISTINCT c.id AS project, c.role = 'supplier' AS supplies, c.organization AS id, r.label, r.label_lang, r.label_zh,
    o.country AS seat
FROM project_company AS c
JOIN records AS r ON r.id = c.organization
LEFT JOIN companies AS o ON o.id = c.organization
WHERE c.role IN ('supplier', 'customer', 'operator') AND (:only IS NULL OR c.id IN (SELECT value FROM json_each(:only)))
ORDER BY c.id, supplies, r.label, c.organization

-- name: dates
-- The dates of these projects: the first shown value of each property below. Projects without any of them are left out.
SELECT p.id, p.label, p.label_lang, p.label_zh, p.layer, f.property, f.value
FROM projects AS p
JOIN facts AS f ON f.id = p.id AND f.shown AND f.rank = 1
    AND f.property IN ('agreed', 'construction-start', 'started', 'operational', 'completed')
WHERE p.id IN (SELECT value FROM json_each(?))
ORDER BY p.id, f.property

-- name: places
SELECT l.project, s.label AS place, s.precision, s.country, s.longitude, s.latitude, s.route
FROM place_project AS l
JOIN places AS s ON s.n = l.n
WHERE l.project IN (SELECT value FROM json_each(?)) AND (s.longitude IS NOT NULL OR s.route IS NOT NULL)
ORDER BY l.project, s.n

-- name: roles
-- Participants of projects: one row per organisation and role, sorted by project, role and name.
SELECT DISTINCT c.id AS project, c.role, c.organization AS id, r.label, r.label_lang, r.label_zh
FROM project_company AS c
JOIN records AS r ON r.id = c.organization
WHERE c.id IN (SELECT value FROM json_each(?))
ORDER BY c.id, c.role, r.label, c.organization

-- name: involved
-- The organisations of projects (a JSON list of ids), once per role. Those that the most separate sources name come first.
-- Among equals, those without a statement of their own about what they supplied come first, and then the order is that of the
-- sources' rows.
SELECT k.id AS project, k.role, o.id, o.label, o.label_lang, o.label_zh, o.country AS seat
FROM project_company AS k
JOIN companies AS o ON o.id = k.organization
JOIN records AS r ON r.id = k.record
WHERE k.id IN (SELECT value FROM json_each(?))
GROUP BY k.id, k.role, o.id
ORDER BY max(coalesce(r.independent_sources, r.sources)) DESC,
    EXISTS (
        SELECT 1 FROM links AS s
        JOIN facts AS b ON b.id = s.id AND b.property = 'by' AND b.value = o.id AND b.shown
        JOIN facts AS a ON a.id = s.id AND a.property = 'concerns' AND a.value = 'supply' AND a.shown
        WHERE s.type = 'statement' AND s.property = 'about' AND s.target = k.id
    ),
    min(coalesce((
        SELECT min(CAST(substr(e.locator, 5) AS INTEGER))
        FROM claims AS c
        JOIN evidence AS e ON e.claim_id = c.claim_id AND e.locator LIKE 'row=%'
        WHERE c.id = k.record AND c.property = 'organization' AND c.standing = 'current'
    ), 1000000000)),
    o.sort_label, o.id
