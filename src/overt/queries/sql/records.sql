-- Records with their values, claims, evidence, members, references, judgements and changes, and what became of records that are
-- missing.

-- name: by_id
SELECT id, type, label, label_lang, label_zh, sources, independent_sources, members, reuse, phase
FROM records
WHERE id IN (SELECT value FROM json_each(?))

-- name: count
SELECT count(*) FROM records WHERE type = ?

-- name: citing_document
-- Up to 300 current claims that cite the document, either themselves or in one of their places. Each place of a claim can cite
-- a document of its own.
SELECT c.claim_id, c.id, c.type, c.property, r.label, r.label_lang, r.label_zh
FROM claims AS c
LEFT JOIN records AS r ON r.id = c.id
WHERE c.claim_id IN (SELECT claim_id FROM claims WHERE document = :id UNION SELECT claim_id FROM evidence WHERE document = :id)
    AND c.standing = 'current'
ORDER BY c.type, r.label, c.id, c.property
LIMIT 300

-- name: cells_near
-- Cells of one file whose locators match `:row`: the cells of a record, of the records to which it refers, and of some of the
-- records that refer to any of these. Organisations and documents don't connect cells, because many records refer to them.
WITH belongs AS (
    SELECT :id AS id
    UNION
    SELECT c.target FROM claims AS c JOIN records AS r ON r.id = c.target
    WHERE c.id = :id AND r.type NOT IN ('organization', 'document')
),
near AS (
    SELECT id FROM belongs
    UNION
    SELECT id FROM (SELECT l.id FROM links AS l JOIN belongs ON l.target = belongs.id ORDER BY l.id LIMIT 200)
)
SELECT DISTINCT e.locator, e.excerpt
FROM near
JOIN claims AS c ON c.id = near.id AND c.source = :source
JOIN evidence AS e ON e.claim_id = c.claim_id
WHERE e.capture = :capture AND e.excerpt IS NOT NULL AND e.locator LIKE :row
ORDER BY e.locator
LIMIT 300

-- name: documents_of_claim
-- Every document that the places of a claim cite, in the order of the places. `document`: the document that the claim
-- itself cites, for places without a document.
SELECT coalesce(document, :document) AS cited
FROM evidence
WHERE claim_id = :claim AND coalesce(document, :document) IS NOT NULL
GROUP BY cited
ORDER BY min(position), cited

-- name: collections
-- Which of these documents (a JSON list of ids) collect reports by others, according to a current claim that cites them.
WITH citing AS (
    SELECT document, claim_id FROM evidence WHERE document IN (SELECT value FROM json_each(:documents))
    UNION
    SELECT document, claim_id FROM claims WHERE document IN (SELECT value FROM json_each(:documents))
)
SELECT DISTINCT g.document
FROM citing AS g
JOIN claims AS c ON c.claim_id = g.claim_id
WHERE c.property = 'known-from' AND c.value = 'collection' AND c.standing = 'current'

-- name: announcements
-- Which of these documents (a JSON list of ids) announce which record: a register cites the document as a statement of a state
-- body or a company. Each row has the document, the record, the kind of the statement (one of `:kinds`, a JSON list of values of
-- `known-from`) and the document's date.
WITH citing AS (
    SELECT document, claim_id FROM evidence WHERE document IN (SELECT value FROM json_each(:documents))
    UNION
    SELECT document, claim_id FROM claims WHERE document IN (SELECT value FROM json_each(:documents))
)
SELECT DISTINCT c.id AS record, g.document, c.value AS kind,
    coalesce((SELECT min(f.value) FROM facts AS f WHERE f.id = g.document AND f.property = 'published'), '') AS published
FROM citing AS g
JOIN claims AS c ON c.claim_id = g.claim_id
WHERE c.property = 'known-from' AND c.value IN (SELECT value FROM json_each(:kinds)) AND c.standing = 'current'
ORDER BY c.id, g.document, kind

-- name: untitled_documents
-- The documents without a title, each with its publisher and date. `kind`: the `known-from` value of the claims that cite the
-- document; null if the claims have none or disagree. `by_organization`: whether an organisation of the release has the
-- publisher's name.
WITH untitled AS (
    SELECT r.id, (SELECT value FROM facts WHERE id = r.id AND property = 'publisher' AND shown ORDER BY rank LIMIT 1) AS publisher,
        (SELECT value FROM facts WHERE id = r.id AND property = 'published' AND shown ORDER BY rank LIMIT 1) AS published
    FROM records AS r
    WHERE r.type = 'document' AND r.label IS NULL
)
SELECT u.*,
    (
        SELECT CASE WHEN count(DISTINCT c.value) = 1 THEN min(c.value) END
        FROM claims AS c
        WHERE c.property = 'known-from' AND c.standing = 'current'
            AND c.claim_id IN (SELECT claim_id FROM claims WHERE document = u.id UNION SELECT claim_id FROM evidence WHERE document = u.id)
    ) AS kind,
    EXISTS (SELECT 1 FROM aliases WHERE "key" = lower(u.publisher) AND type = 'organization') AS by_organization
FROM untitled AS u
ORDER BY u.id

-- name: claims_citing
-- Current claims of one source about a record, and about the roles, money, places, provisions and statements that belong to it,
-- each with those of `:documents` that the claim or its places cite.
WITH about AS (
    SELECT :id AS id
    UNION
    SELECT id FROM links WHERE target = :id AND property IN ('project', 'agreement', 'about')
)
SELECT DISTINCT c.claim_id, coalesce(e.document, c.document) AS cited
FROM about
JOIN claims AS c ON c.id = about.id AND c.source = :source AND c.standing = 'current'
JOIN evidence AS e ON e.claim_id = c.claim_id
WHERE coalesce(e.document, c.document) IN (SELECT value FROM json_each(:documents))
ORDER BY c.claim_id, cited

-- name: publishers
-- The publishers of the documents that our own registers cite for the values of some records (a JSON list), each with the place
-- in the document; one row per document. `publisher` is null for claims of other sources and for documents without a publisher.
SELECT DISTINCT c.id, c.property, coalesce(c.target, c.value) AS value, coalesce(e.document, c.document) AS cited, CASE WHEN s.own THEN p.value END AS publisher,
    (SELECT min(w.excerpt) FROM evidence AS w WHERE w.claim_id = c.claim_id AND w.locator LIKE '%;col=place\_in\_document' ESCAPE '\') AS place
FROM claims AS c
JOIN evidence AS e ON e.claim_id = c.claim_id
LEFT JOIN sources AS s ON s.source = c.source
LEFT JOIN facts AS p ON p.id = coalesce(e.document, c.document) AND p.property = 'publisher' AND p.rank = 1
WHERE c.id IN (SELECT value FROM json_each(?)) AND c.standing = 'current'
ORDER BY c.id, c.property, value, publisher, place, cited

-- name: claim_count
SELECT count(*) FROM claims WHERE id IN (SELECT value FROM json_each(?))

-- name: claims
SELECT c.claim_id, c.id, n.label, n.label_lang, n.label_zh, c.source, c.record, c.type, c.property, c.value, c.target, t.label AS target_label, t.label_lang AS target_lang, t.label_zh AS target_zh, t.type AS target_type,
    c.original, c.unit, c.lang, c.valid_from, c.valid_to, c.basis, c.rule, r.meaning AS rule_meaning, c.document, d.label AS document_label, d.label_lang AS document_lang,
    d.label_zh AS document_zh, c.standing,
    s.retrieved, s.licence, s.licence_url, s.attribution, s.reuse, s.own, s.transcribed, s.address AS publisher_address
FROM claims AS c
LEFT JOIN records AS n ON n.id = c.id
LEFT JOIN sources AS s ON s.source = c.source
LEFT JOIN rules AS r ON r.source = c.source AND r.rule = c.rule
LEFT JOIN records AS t ON t.id = c.target
LEFT JOIN records AS d ON d.id = c.document
WHERE ${which}
ORDER BY c.property, c.standing, c.value, c.source, c.claim_id
LIMIT ${most}

-- name: claims_after
SELECT claim_id FROM claims WHERE claim_id > :after${only} ORDER BY claim_id LIMIT :limit

-- name: counts
SELECT (SELECT count(*) FROM claims WHERE id = :id) AS claims, (SELECT count(*) FROM members WHERE id = :id) AS members

-- name: evidence
SELECT e.claim_id, e.capture, e.locator, e.excerpt, e.document, d.label AS document_label, d.label_lang AS document_lang, d.label_zh AS document_zh, a.name AS file, a.role, a.address, a.retrieved, a.licence, a.snapshot
FROM evidence AS e
JOIN claims AS c USING (claim_id)
LEFT JOIN records AS d ON d.id = e.document
LEFT JOIN captures AS a ON a.sha256 = e.capture AND a.source = c.source
WHERE e.claim_id IN (SELECT value FROM json_each(?)) AND e.position <= 50
GROUP BY e.claim_id, e.position
ORDER BY e.claim_id, e.position

-- name: judgements
SELECT sequence, at, why, verdict, left_record, right_record FROM judgements
WHERE left_id = :id OR right_id = :id
ORDER BY sequence

-- name: linked
-- `properties`: names in JSON, or null for references by any property.
SELECT id FROM links
WHERE target = :target AND type = :type AND (:properties IS NULL OR property IN (SELECT value FROM json_each(:properties)))
GROUP BY id
ORDER BY min(property), id
LIMIT :limit

-- name: members
SELECT record, source, current FROM members WHERE id = ? ORDER BY record LIMIT 200

-- name: naming_counts
-- The number of records that refer to a record, by type and property.
SELECT type, property, count(*) AS total FROM links WHERE target = ? GROUP BY type, property ORDER BY type, property

-- name: naming
SELECT id FROM links WHERE target = :target AND type = :type AND property = :property ORDER BY id LIMIT :limit

-- name: of_type
SELECT id, label, label_lang, label_zh, sources FROM records WHERE type = ? ORDER BY label, id LIMIT ?

-- name: place_counts
SELECT claim_id, count(*) AS places FROM evidence WHERE claim_id IN (SELECT value FROM json_each(?)) GROUP BY claim_id

-- name: records_after
SELECT id FROM records WHERE id > :after AND (:types IS NULL OR type IN (SELECT value FROM json_each(:types))) ORDER BY id LIMIT :limit

-- name: redirect
SELECT id FROM redirects WHERE old_id = ?

-- name: redirects
SELECT old_id, id FROM redirects WHERE old_id IN (SELECT value FROM json_each(?))

-- name: row_sources
-- The sources of each record, and of the records that state its roles, from current claims.
WITH listed AS (SELECT value AS id FROM json_each(?))
SELECT c.id, c.source FROM claims AS c JOIN listed USING (id) WHERE c.standing = 'current'
UNION
SELECT p.id, c.source
FROM project_company AS p
JOIN listed USING (id)
JOIN claims AS c ON c.id = p.record AND c.standing = 'current'

-- name: snapshots
SELECT reason, source, record, type, property, before, after FROM changes WHERE id = ? ORDER BY property, source, record LIMIT 200

-- name: values
-- The values of some records (`:ids`, a JSON list), of all properties or only of `:properties` (a JSON list).
SELECT f.id, f.property, f.value, f.unit, f.lang, f.shown, f.contested, f.basis, f.claims, f.sources, f.independent_sources, f.claim_id, f.source, f.retrieved,
    f.excerpt, r.label, r.label_lang, r.label_zh, r.type AS kind
FROM facts AS f
LEFT JOIN records AS r ON r.id = f.value
WHERE f.id IN (SELECT value FROM json_each(:ids))
    AND (:properties IS NULL OR f.property IN (SELECT value FROM json_each(:properties)))
ORDER BY f.id, f.property, f.rank

-- name: withdrawn
SELECT id, type, reason, source, why, since, part_of FROM withdrawn WHERE id = ?
