-- Parts of records, and countries, for `overt show`, from the tables of a release (DuckDB).

-- name: by_alias_key
SELECT DISTINCT a.id, a.type, r.label
FROM aliases AS a
JOIN records AS r USING (id)
WHERE a.key = ?
ORDER BY a.type, r.label, a.id

-- name: naming
SELECT DISTINCT id, type, property FROM "values" WHERE value = ? ORDER BY type, property, id

-- name: values_of
SELECT * EXCLUDE (type, claim_id) FROM "values" WHERE list_contains(?, id) ORDER BY id, property, rank

-- name: labels
SELECT id, label FROM records WHERE list_contains(?, id)

-- name: dates
-- When records of certain types begin and end.
SELECT r.id, min(v.value) FILTER (WHERE v.property = 'start') AS start, min(v.value) FILTER (WHERE v.property = 'end') AS "end"
FROM records AS r
LEFT JOIN "values" AS v ON v.id = r.id AND v.shown AND v.property IN ('start', 'end')
WHERE list_contains(?, r.id) AND list_contains(?, r.type)
GROUP BY r.id

-- name: citing_document
SELECT DISTINCT c.id, c.type, r.label
FROM claims AS c
JOIN records AS r USING (id)
WHERE c.type <> 'document' AND c.standing = 'current' AND (
    c.document IN (SELECT record FROM members WHERE id = ?)
    OR c.claim_id IN (SELECT claim_id FROM evidence WHERE document IN (SELECT record FROM members WHERE id = ?)))
ORDER BY c.type, r.label, c.id

-- name: country_counts
SELECT (SELECT count(*) FROM projects WHERE list_contains(country, ?)) AS projects,
    (SELECT count(*) FROM assessments WHERE country = ?) AS assessments,
    (SELECT count(*) FROM indicators WHERE country = ?) AS indicators,
    (SELECT count(*) FROM agreements WHERE list_contains(party_country, ?)) AS agreements,
    (SELECT count(*) FROM restrictions WHERE country = ?) AS restrictions

-- name: country_participations
SELECT count(*) AS participations FROM participations WHERE country = ?

-- name: country_layers
SELECT l.id AS layer, any_value(l.label) AS label, count(DISTINCT p.id) AS projects
FROM projects AS p
JOIN project_kinds AS k ON k.id = p.id
JOIN terms AS t ON t.vocabulary = 'project-kinds' AND t.id = k.kind
JOIN terms AS l ON l.vocabulary = 'layers' AND l.id = t.layer
WHERE list_contains(p.country, ?)
GROUP BY l.id
ORDER BY projects DESC, l.id

-- name: country_organizations
WITH here AS (SELECT id FROM projects WHERE list_contains(country, ?)),
named AS (
    SELECT project, organization FROM roles
    UNION
    SELECT project, unnest(financier) FROM commitments
)
SELECT r.id, r.label, count(DISTINCT n.project) AS projects
FROM named AS n
JOIN here ON here.id = n.project
JOIN records AS r ON r.id = n.organization
GROUP BY r.id, r.label
ORDER BY projects DESC, r.label, r.id
LIMIT ?

-- name: country_commitments
-- The number and the sum of commitments to a country's projects, by unit, without cancelled ones. Parameters: the country, and
-- ids of commitments to leave out.
SELECT c.amount_unit AS unit, count(*) AS commitments, sum(c.amount) AS amount
FROM commitments AS c
JOIN projects AS p ON p.id = c.project
WHERE list_contains(p.country, ?) AND NOT list_contains(?::VARCHAR[], c.id) AND coalesce(c.status, p.status, 'unknown') <> 'cancelled'
GROUP BY c.amount_unit
ORDER BY c.amount_unit NULLS LAST

-- name: retractions
SELECT sequence, "at", why, target FROM retractions ORDER BY sequence
