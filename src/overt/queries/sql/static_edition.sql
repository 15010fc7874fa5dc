-- Queries for static editions, such as lists of all records, search entries and organisations.

-- name: areas
SELECT DISTINCT value FROM claims WHERE property IN (SELECT value FROM json_each(?))

-- name: claim
SELECT r.type, r.id, i.series, i.country, (SELECT count(*) FROM claims AS o WHERE o.id = c.id) AS claims
FROM claims AS c
JOIN records AS r ON r.id = c.id
LEFT JOIN indicators AS i ON i.id = r.id AND r.type = 'indicator'
WHERE c.claim_id = ?

-- name: entries
SELECT n, type, id, label, label_lang, label_zh, kind, countries, projects, year, names FROM entries ORDER BY n

-- name: moved
SELECT d.old_id, d.id, r.type FROM redirects AS d JOIN records AS r ON r.id = d.id ORDER BY d.old_id

-- name: organizations
SELECT id, projects FROM companies ORDER BY id

-- name: pairs
SELECT 'organization' AS type, c.organization AS id, w.country, count(DISTINCT c.id) AS projects
FROM project_company AS c JOIN project_country AS w ON w.id = c.id GROUP BY c.organization, w.country
UNION ALL SELECT 'kind', k.kind, w.country, count(DISTINCT k.id) FROM project_kind AS k JOIN project_country AS w ON w.id = k.id GROUP BY k.kind, w.country
UNION ALL SELECT 'layer', l.layer, w.country, count(DISTINCT l.id) FROM project_layer AS l JOIN project_country AS w ON w.id = l.id GROUP BY l.layer, w.country
ORDER BY 1, 2, 3

-- name: records
-- Values of a series also have the series and country whose page shows them.
SELECT r.id, r.type, i.series, i.country FROM records AS r LEFT JOIN indicators AS i ON i.id = r.id AND r.type = 'indicator' ORDER BY r.type, r.id

-- name: withdrawn
SELECT id, type, reason FROM withdrawn ORDER BY id
