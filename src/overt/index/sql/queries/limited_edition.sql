-- The tables of a release, limited to the sources and records that may be shown.

-- name: anchors
-- Clusters of which only some members may be shown, each with the first archived of those members.
SELECT m.id, min_by(m.record, (m.first_position, m.record)) FILTER (WHERE k.source IS NOT NULL) AS anchor
FROM all_members AS m
LEFT JOIN public_sources AS k USING (source)
GROUP BY m.id
HAVING bool_or(k.source IS NULL) AND bool_or(k.source IS NOT NULL)
ORDER BY m.id

-- name: members
-- Members from public sources, of the records in `inside`. If a cluster's anchor may not be shown, the cluster gets another
-- anchor, and so another id.
SELECT m.record, m.type, coalesce(n.new_id, m.id) AS id, m.source, dense_rank() OVER (ORDER BY m.first_position) - 1 AS first_position
FROM all_members AS m
SEMI JOIN public_sources USING (source)
SEMI JOIN inside USING (id)
LEFT JOIN renamed AS n ON n.old_id = m.id
ORDER BY m.record

-- name: redirects
-- Redirects as in a complete release: from the members' own ids (`own`), and from records that were renamed before this atlas had them.
SELECT DISTINCT old_id, id FROM own WHERE old_id <> id
UNION
SELECT r.old_id, m.id FROM renamed_records AS r JOIN members AS m USING (record)
WHERE r.old_id NOT IN (SELECT old_id FROM own) AND r.old_id NOT IN (SELECT id FROM all_members)
ORDER BY ALL

-- name: claims
-- Claims from public sources about public records. A claim that refers to a record is left out unless that record is public, or
-- doesn't exist and has an id of a public source. Claims that a denial or its contradiction outweighs are current again, to be
-- weighed without the other sources.
SELECT c.claim_id, m.id, c.source, c.snapshot, c.record, c.type, c.property, c.value, v.id AS target, c.original, c.unit, c.lang, c.valid_from, c.valid_to,
    c.basis, c.rule, d.record AS document, CASE c.standing WHEN 'outweighed' THEN 'current' ELSE c.standing END AS standing
FROM all_claims AS c
SEMI JOIN public_sources USING (source)
JOIN members AS m ON m.record = c.record
LEFT JOIN record_properties AS p ON p.type = c.type AND p.property = c.property
LEFT JOIN members AS v ON v.record = CASE WHEN p.property IS NOT NULL THEN c.value END
LEFT JOIN members AS d ON d.record = c.document
WHERE p.property IS NULL OR v.record IS NOT NULL
    OR (split_part(c.value, ':', 1) IN (FROM public_sources) AND c.value NOT IN (SELECT record FROM all_members)) -- The claim refers to a record that does not exist.
ORDER BY m.id, c.property, coalesce(v.id, c.value), c.unit, c.claim_id

-- name: has_outweighed
-- One row if the complete release has a claim that a denial or its contradiction outweighs; otherwise no row.
SELECT 1 FROM all_claims WHERE standing = 'outweighed' LIMIT 1

-- name: evidence
-- A cited document that may not be shown is left out, but the place remains.
SELECT e.claim_id, e.capture, e.locator, e.excerpt, d.record AS document
FROM all_cited_evidence AS e
SEMI JOIN claims AS c USING (claim_id)
LEFT JOIN members AS d ON d.record = e.document
ORDER BY ALL

-- name: joins
-- Reasons why two public records are the same.
SELECT j.*
FROM all_joins AS j
SEMI JOIN members AS l ON l.record = j."left"
SEMI JOIN members AS r ON r.record = j."right"
ORDER BY ALL

-- name: scores
-- Probabilities that two public records are the same.
SELECT s.*
FROM all_scores AS s
SEMI JOIN members AS l ON l.record = s."left"
SEMI JOIN members AS r ON r.record = s."right"
ORDER BY ALL

-- name: sources
SELECT s.* FROM all_sources AS s SEMI JOIN public_sources USING (source) ORDER BY s.source

-- name: sources_of_part
-- The sources of an edition with only some records. Numbers of rows are those of the complete source, but the number of claims
-- is that of the edition.
SELECT s.* REPLACE ((SELECT count(*) FROM claims AS c WHERE c.source = s.source) AS claims)
FROM all_sources AS s
SEMI JOIN public_sources USING (source)
ORDER BY s.source

-- name: judgements
SELECT j.sequence, j."at", j.why, j.verdict, j."left", j."right"
FROM all_judgements AS j
SEMI JOIN members AS l ON l.record = j."left"
SEMI JOIN members AS r ON r.record = j."right"
ORDER BY j.sequence

-- name: retractions
-- Retractions of public claims and records.
SELECT t.sequence, t."at", t.why, t.target
FROM all_retractions AS t
WHERE t.target IN (SELECT record FROM members) OR t.target IN (SELECT claim_id FROM claims)
ORDER BY t.sequence

-- name: changes
-- Changes to public records. A change of a reference is left out if its old or new value names a record that may not be shown.
-- It may name a record that doesn't exist, if that record's id begins with a public source.
WITH linked AS (
    SELECT c.source, c.record, c.property, unnest(string_split(concat_ws('; ', c."before", c."after"), '; ')) AS named
    FROM all_changes AS c
    SEMI JOIN record_properties AS p ON p.type = c.type AND p.property = c.property
),
hidden AS (
    SELECT DISTINCT l.source, l.record, l.property
    FROM linked AS l
    ANTI JOIN members AS m ON m.record = l.named
    WHERE split_part(l.named, ':', 1) NOT IN (FROM public_sources) OR l.named IN (SELECT record FROM all_members)
)
SELECT c.reason, c.source, m.id, c.record, c.type, c.property, c."before", c."after"
FROM all_changes AS c
SEMI JOIN public_sources USING (source)
ANTI JOIN hidden USING (source, record, property)
JOIN members AS m USING (record)
ORDER BY ALL

-- name: withheld
-- This table names no sources. A withheld record's id and the editors' reason reveal nothing that a source states.
SELECT id, type, "of", since, reason FROM all_withheld ORDER BY id

-- name: corrections
-- Corrections of public records, and withheld records. The source and the old value are left out if one of the sources may not be
-- shown. A new value is left out if it is the id of a record that may not be shown.
WITH renamed_corrections AS (
    SELECT c.* REPLACE (coalesce(n.new_id, c.id) AS id, coalesce(v.new_id, c.new_value) AS new_value)
    FROM all_corrections AS c
    LEFT JOIN renamed AS n ON n.old_id = c.id
    LEFT JOIN renamed AS v ON v.old_id = c.new_value
)
SELECT c.date, c.kind, c.id, c.type, c.property,
    CASE WHEN k.public THEN c.source END AS source,
    CASE
        WHEN NOT k.public THEN NULL
        WHEN c.old_value NOT LIKE 'ovt-%' THEN c.old_value
        ELSE (SELECT string_agg(coalesce(n.new_id, o.value), '; ' ORDER BY coalesce(n.new_id, o.value)) FROM (SELECT unnest(string_split(c.old_value, '; ')) AS value) AS o LEFT JOIN renamed AS n ON n.old_id = o.value)
    END AS old_value,
    CASE WHEN c.new_value LIKE 'ovt-%' AND c.new_value NOT IN (SELECT id FROM members) THEN NULL ELSE c.new_value END AS new_value,
    c.reason, c.statement
FROM renamed_corrections AS c,
    LATERAL (SELECT coalesce(bool_and(s.source IN (SELECT source FROM public_sources)), true) AS public FROM (SELECT unnest(string_split(c.source, ', ')) AS source) AS s) AS k
WHERE c.kind = 'withheld' OR c.id IN (SELECT id FROM members)
ORDER BY ALL
