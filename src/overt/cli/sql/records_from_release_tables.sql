-- Parts of records for `overt show`, from the tables of a release (DuckDB).

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

-- name: retractions
SELECT sequence, "at", why, target FROM retractions ORDER BY sequence
