-- Records of any type: their names, values, claims, evidence, spans and links, and how they were merged, changed, corrected or
-- withdrawn.

-- name: records
SELECT id, type, label, label_lang, label_zh, sources, independent_sources, members, reuse, phase FROM labelled ORDER BY id

-- name: members
SELECT m.id, m.record, m.source, EXISTS (FROM claims AS c WHERE c.record = m.record AND c.standing = 'current')
FROM members AS m
ORDER BY m.id, m.record

-- name: spans
-- `rules` and `claims`: JSON lists with an item for each of the four bounds, in the order of the bounds' columns.
SELECT id, type, begun, not_begun, begin_earliest::VARCHAR, begin_latest::VARCHAR, end_earliest::VARCHAR, end_latest::VARCHAR,
    to_json([begin_earliest_rule, begin_latest_rule, end_earliest_rule, end_latest_rule])::VARCHAR,
    to_json([begin_earliest_claims, begin_latest_claims, end_earliest_claims, end_latest_claims])::VARCHAR,
    planned, planned_as_of, planned_by::VARCHAR, planned_end, planned_end_as_of, status, status_as_of, confirmed::VARCHAR, stale, ${counts}
FROM spans
ORDER BY id

-- name: aliases
SELECT DISTINCT "key", id, type FROM aliases ORDER BY "key", id

-- name: redirects
SELECT old_id, id FROM redirects ORDER BY old_id

-- name: withdrawn
-- Records without current claims: retracted, no longer in the newest snapshot of their source, or withheld by editors.
SELECT m.id, min(m.type), CASE WHEN bool_or(c.claim_id IS NOT NULL) THEN 'retracted' ELSE 'gone' END,
    string_agg(DISTINCT m.source, ', ' ORDER BY m.source), string_agg(DISTINCT coalesce(r.why, o.why), '; ' ORDER BY coalesce(r.why, o.why)), NULL AS since, NULL AS part_of
FROM members AS m
LEFT JOIN claims AS c ON c.record = m.record AND c.standing = 'retracted'
LEFT JOIN retractions AS r ON r.target = c.claim_id
LEFT JOIN retractions AS o ON o.target = m.record
WHERE m.id NOT IN (SELECT id FROM records)
GROUP BY m.id
UNION ALL
SELECT id, type, 'withheld', NULL, reason, since, "of" FROM withheld WHERE id NOT IN (SELECT id FROM members)
ORDER BY 1

-- name: corrections
-- All corrections of the release. `is_new`: not in `corrections_before`, the corrections of the previous release.
WITH listed AS (
    SELECT *, true AS is_new FROM (FROM corrections EXCEPT FROM corrections_before)
    UNION ALL
    SELECT *, false FROM (FROM corrections INTERSECT FROM corrections_before)
)
SELECT row_number() OVER (ORDER BY date, kind, id, property, old_value, new_value, reason, statement) AS n, date, kind, id, type, property, source,
    old_value, new_value, reason, statement, is_new
FROM listed
ORDER BY n

-- name: judgements
SELECT j.sequence, j.at, j.why, j.verdict, j."left", j."right", l.id, r.id
FROM judgements AS j
JOIN members AS l ON l.record = j."left"
JOIN members AS r ON r.record = j."right"
ORDER BY j.sequence

-- name: changes
SELECT id, reason, source, record, type, property, "before", "after" FROM changes ORDER BY ALL

-- name: facts
-- All values of records, with the source of their best claim and the beginning of one of its excerpts.
WITH place AS (SELECT claim_id, min_by(excerpt, capture || locator) AS excerpt FROM evidence GROUP BY claim_id)
SELECT v.id, v.property, v.rank, v.value, v.unit, v.lang, v.shown, v.contested, v.basis, v.claims, v.sources, v.independent_sources, v.claim_id, c.source, s.retrieved,
    left(p.excerpt, 240)
FROM "values" AS v
LEFT JOIN claims AS c USING (claim_id)
LEFT JOIN sources AS s ON s.source = c.source
LEFT JOIN place AS p ON p.claim_id = v.claim_id
ORDER BY v.id, v.property, v.rank

-- name: claims
SELECT c.claim_id, c.id, c.source, c.record, c.type, c.property, c.value, m.id, c.original, c.unit, c.lang, c.valid_from, c.valid_to, c.basis,
    c.rule, d.id, c.standing, c.snapshot, c.document
FROM claims AS c
LEFT JOIN record_properties AS p ON p.type = c.type AND p.property = c.property
LEFT JOIN members AS m ON m.record = CASE WHEN p.property IS NOT NULL THEN c.value END
LEFT JOIN members AS d ON d.record = c.document
ORDER BY c.claim_id

-- name: evidence
SELECT e.claim_id, row_number() OVER (PARTITION BY e.claim_id ORDER BY e.capture, e.locator, e.excerpt, e.document), e.capture, e.locator, e.excerpt, m.id, e.document
FROM (SELECT DISTINCT claim_id, capture, locator, excerpt, document FROM cited_evidence) AS e
LEFT JOIN members AS m ON m.record = e.document
ORDER BY 1, 2

-- name: links
-- Records whose shown values refer to a record or a country. Countries of projects and places have their own tables.
SELECT DISTINCT v.value, v.type, v.property, v.id
FROM "values" AS v
JOIN (FROM record_properties UNION ALL FROM area_properties WHERE type NOT IN ('project', 'place')) AS p
    ON p.type = v.type AND p.property = v.property
WHERE v.shown
ORDER BY ALL
