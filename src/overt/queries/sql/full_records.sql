-- Records with every claim, and counts for countries, as `overt show` prints them: the same rows as in the release's tables.

-- name: canonical_id
-- Find a record by a published id, a redirected id or a source's record id.
SELECT id FROM (
    SELECT id, 0 AS preference FROM members WHERE id = :name
    UNION ALL SELECT id, 1 FROM redirects WHERE old_id = :name
    UNION ALL SELECT id, 2 FROM members WHERE record = :name
)
ORDER BY preference
LIMIT 1

-- name: by_alias_key
SELECT a.id, a.type, r.label
FROM aliases AS a
JOIN records AS r ON r.id = a.id
WHERE a."key" = ?
ORDER BY a.type, r.label NULLS LAST, a.id

-- name: record
SELECT type, label, reuse FROM records WHERE id = ?

-- name: members
SELECT record FROM members WHERE id = ? ORDER BY record

-- name: values_of
SELECT id, property, value, unit, lang, shown, rank, contested, basis, claims, sources, independent_sources, claim_id
FROM facts
WHERE id IN (SELECT value FROM json_each(?))
ORDER BY id, property, rank

-- name: claims
SELECT claim_id, source, snapshot, record, type, property, value, target, original, unit, lang, valid_from, valid_to, basis, rule,
    document_record AS document, standing
FROM claims
WHERE id = ?
ORDER BY property, claim_id

-- name: places
SELECT e.claim_id, e.capture, e.locator, e.excerpt, e.document_record AS document,
    (SELECT f.value FROM facts AS f WHERE f.id = e.document AND f.property = 'title' AND f.shown ORDER BY f.rank LIMIT 1) AS document_title,
    (SELECT f.value FROM facts AS f WHERE f.id = e.document AND f.property = 'url' AND f.shown ORDER BY f.rank LIMIT 1) AS document_url,
    (SELECT k.name FROM captures AS k WHERE k.sha256 = e.capture ORDER BY k.source, k.snapshot, k.role, k.name LIMIT 1) AS file,
    (SELECT k.address FROM captures AS k WHERE k.sha256 = e.capture ORDER BY k.source, k.snapshot, k.role, k.name LIMIT 1) AS address,
    (SELECT max(k.retrieved) FROM captures AS k WHERE k.sha256 = e.capture) AS retrieved
FROM claims AS c
JOIN evidence AS e ON e.claim_id = c.claim_id
WHERE c.id = ?
ORDER BY e.claim_id, e.position

-- name: own_sources
SELECT source FROM sources WHERE own

-- name: naming
-- Records that refer to the record.
SELECT DISTINCT f.id, r.type, f.property
FROM facts AS f
JOIN records AS r ON r.id = f.id
WHERE f.value = ? AND f.value GLOB 'ovt-*'
ORDER BY r.type, f.property, f.id

-- name: labels
SELECT id, label FROM records WHERE id IN (SELECT value FROM json_each(?))

-- name: phases
SELECT id, phase FROM records WHERE id IN (SELECT value FROM json_each(?)) AND phase IS NOT NULL

-- name: citing_document
SELECT DISTINCT c.id, c.type, r.label
FROM claims AS c
JOIN records AS r ON r.id = c.id
WHERE c.claim_id IN (SELECT claim_id FROM claims WHERE document = :id UNION SELECT claim_id FROM evidence WHERE document = :id)
    AND c.type <> 'document' AND c.standing = 'current'
ORDER BY c.type, r.label NULLS LAST, c.id

-- name: area
SELECT code, label, label_zh FROM areas WHERE :name IN (code, alpha3)

-- name: country_counts
SELECT (SELECT count(*) FROM project_country WHERE country = :code) AS projects,
    coalesce(c.assessments, 0) AS assessments, coalesce(c.indicators, 0) AS indicators, coalesce(c.agreements, 0) AS agreements,
    coalesce(c.restrictions, 0) AS restrictions, (SELECT count(*) FROM participations WHERE country = :code) AS participations
FROM (SELECT 1)
LEFT JOIN countries AS c ON c.code = :code

-- name: country_layers
-- The number of a country's projects by layer. `undocumented`: the number of those that are only announced, cancelled, denied or
-- unverified. `scanners`: the number of other surveillance projects that only scan goods or baggage. Pages about countries count
-- neither as surveillance systems.
SELECT l.id AS layer, l.label, count(*) AS projects, sum(p.undocumented) AS undocumented,
    sum(l.id = 'surveillance' AND NOT p.undocumented AND p.scans) AS scanners
FROM (
    SELECT w.layer, NOT j.documented AS undocumented,
        EXISTS (SELECT 1 FROM json_each(j.kinds) WHERE value = 'security-inspection') AND NOT EXISTS (
            SELECT 1 FROM json_each(j.kinds) AS k JOIN terms AS t ON t.vocabulary = 'project-kinds' AND t.id = k.value
            WHERE t.layer IN ('surveillance', 'censorship') AND t.id <> 'security-inspection'
        ) AS scans
    FROM project_country AS c
    JOIN project_layer AS w ON w.id = c.id
    JOIN projects AS j ON j.id = c.id
    WHERE c.country = ?
) AS p
JOIN terms AS l ON l.vocabulary = 'layers' AND l.id = p.layer
GROUP BY l.id
ORDER BY projects DESC, l.id

-- name: country_organizations
SELECT r.id, r.label, count(DISTINCT o.id) AS projects
FROM project_country AS c
JOIN project_company AS o ON o.id = c.id
JOIN records AS r ON r.id = o.organization
WHERE c.country = :code
GROUP BY r.id
ORDER BY projects DESC, r.label NULLS LAST, r.id
LIMIT :most

-- name: country_commitments
SELECT m.unit, m.amount_text AS amount
FROM project_country AS c
JOIN commitments AS m ON m.project = c.id AND m.counted
WHERE c.country = ?
ORDER BY m.unit NULLS LAST

-- name: property_labels
-- The labels of properties and of their record types. `vocabulary`: the vocabulary of the property's values, if they have one.
SELECT record_type, property, type_label, label, vocabulary FROM properties

-- name: term_labels
-- The labels of terms and countries.
SELECT vocabulary, id, label FROM terms
UNION ALL SELECT 'areas', code, label FROM areas
