-- A record of an older release, read from the release's own tables. `$$…` are parameters of DuckDB.

-- name: record
SELECT r.id, r.type, r.label,
    (
        SELECT nullif(min_by(v.value, (CASE v.property WHEN 'alias' THEN 1 ELSE 0 END, v.rank, v.value)), r.label)
        FROM "values" AS v WHERE v.id = r.id AND v.property IN ('name', 'title', 'alias') AND v.lang LIKE 'zh%'
    ) AS label_zh,
    r.sources, ${independent} AS independent_sources, r.reuse
FROM records AS r WHERE r.id = $$id

-- name: values
SELECT v.property, v.value, v.unit, v.lang, v.shown, v.contested, v.basis, v.claims, v.sources, ${independent} AS independent_sources,
    v.claim_id, r.label
FROM "values" AS v
LEFT JOIN records AS r ON r.id = v.value
WHERE v.id = $$id
ORDER BY v.property, v.rank

-- name: claims
-- The first claims of a record. `links`: the properties that refer to records, as type and property.
SELECT c.claim_id, c.source, c.record, c.property, c.value, m.id AS target, c.original, c.unit, c.lang, c.valid_from, c.valid_to, c.basis,
    c.rule, d.id AS document, c.standing
FROM claims AS c
LEFT JOIN members AS m ON m.record = CASE WHEN list_contains($$links, c.type || ' ' || c.property) THEN c.value END
LEFT JOIN members AS d ON d.record = c.document
WHERE c.id = $$id
ORDER BY c.property, c.standing NULLS FIRST, c.value NULLS FIRST, c.source, c.claim_id
LIMIT $$most

-- name: evidence
-- The first places of each claim, and the number of all of its places. `cited`: the places, each with the document that it cites.
WITH place AS (
    SELECT DISTINCT claim_id, capture, locator, excerpt, document FROM (${cited}) WHERE list_contains($$claims, claim_id)
), numbered AS (
    SELECT *, row_number() OVER (PARTITION BY claim_id ORDER BY capture, locator, excerpt, document) AS position,
        count(*) OVER (PARTITION BY claim_id) AS place_count
    FROM place
), file AS (
    SELECT k.sha256, k.source, min_by(k.name, (k.snapshot, k.role, k.name)) AS name, min_by(k.retrieved, (k.snapshot, k.role, k.name)) AS retrieved
    FROM captures AS k WHERE k.sha256 IN (SELECT capture FROM place) GROUP BY k.sha256, k.source
)
SELECT n.claim_id, n.place_count, f.name AS file, n.capture, n.locator, n.excerpt, f.retrieved, m.id AS document
FROM numbered AS n
JOIN claims AS c ON c.claim_id = n.claim_id
LEFT JOIN file AS f ON f.sha256 = n.capture AND f.source = c.source
LEFT JOIN members AS m ON m.record = n.document
WHERE n.position <= $$most
ORDER BY n.claim_id, n.position
