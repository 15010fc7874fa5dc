-- What changed between two releases. `${old}` and `${new}` are the prefixes of their views.

-- name: records
-- Differences in current claims between a release and the previous one, by source record. A changed record has a row per
-- property, with JSON lists of the values that only one of the releases has. A new record has one row: `joined` if its cluster
-- had records before, otherwise `added`. A removed record has one row: `left` if its cluster still has records, otherwise
-- `removed`. `${unexplained}` is the reason for a difference without a cause of its own.
WITH before AS (SELECT DISTINCT source, record, type, property, value, unit, lang FROM ${old}_claims WHERE standing = 'current'),
    after AS (SELECT DISTINCT source, record, type, property, value, unit, lang FROM ${new}_claims WHERE standing = 'current'),
    was AS (SELECT DISTINCT record FROM before),
    is_now AS (SELECT DISTINCT record FROM after),
    gone AS (SELECT *, 'before' AS side FROM before EXCEPT ALL SELECT *, 'before' FROM after),
    come AS (SELECT *, 'after' AS side FROM after EXCEPT ALL SELECT *, 'after' FROM before),
    differing AS (
        SELECT d.*, v.id AS target, l.label, l.label_lang, l.type AS kind
        FROM (FROM gone UNION ALL FROM come) AS d
        SEMI JOIN was USING (record)
        SEMI JOIN is_now USING (record)
        LEFT JOIN record_properties AS p ON p.type = d.type AND p.property = d.property
        LEFT JOIN members AS v ON v.record = CASE WHEN p.property IS NOT NULL THEN d.value END
        LEFT JOIN records AS l ON l.id = v.id
        WHERE p.property IS NULL OR v.record IS NOT NULL
    ),
    words AS (
        SELECT source, record, min(type) AS type, property, side,
            to_json(list({'value': coalesce(target, value), 'unit': unit, 'lang': lang, 'label': label, 'label_lang': label_lang, 'kind': kind} ORDER BY value, unit, lang))::VARCHAR AS side_values
        FROM differing
        GROUP BY source, record, property, side
    ),
    changed AS (
        SELECT 'changed' AS what, source, record, min(type) AS type, property, max(side_values) FILTER (WHERE side = 'before') AS before,
            max(side_values) FILTER (WHERE side = 'after') AS after
        FROM words
        GROUP BY source, record, property
    ),
    whole_records AS (
        SELECT 'added' AS what, min(source) AS source, record, min(type) AS type, NULL AS property, NULL AS before, NULL AS after
        FROM after ANTI JOIN was USING (record) GROUP BY record
        UNION ALL
        SELECT 'removed', min(source), record, min(type), NULL, NULL, NULL
        FROM before ANTI JOIN is_now USING (record) GROUP BY record
    ),
    -- Claims that were retracted since the previous release, and claims whose retraction was undone.
    taken_back AS (
        SELECT record, property FROM ${old}_claims AS o JOIN ${new}_claims AS n USING (claim_id, record, property)
        WHERE o.standing = 'current' AND n.standing = 'retracted'
    ),
    restored AS (
        SELECT record, property FROM ${old}_claims AS o JOIN ${new}_claims AS n USING (claim_id, record, property)
        WHERE o.standing = 'retracted' AND n.standing = 'current'
    ),
    withheld_since AS (SELECT id FROM ${new}_withheld EXCEPT SELECT id FROM ${old}_withheld),
    no_longer_withheld AS (SELECT id FROM ${old}_withheld EXCEPT SELECT id FROM ${new}_withheld),
    refer AS ( -- changed properties of records that refer to a record that was withheld, or no longer is
        SELECT DISTINCT record, property, side FROM differing
        WHERE (side = 'before' AND target IN (FROM withheld_since)) OR (side = 'after' AND target IN (FROM no_longer_withheld))
    )
SELECT m.id,
    CASE
        WHEN h.what = 'added' AND m.id IN (SELECT t.id FROM was JOIN members AS t USING (record)) THEN 'joined'
        WHEN h.what = 'removed' AND m.id IN (SELECT t.id FROM is_now JOIN members AS t USING (record)) THEN 'left'
        ELSE h.what
    END AS what, h.source, h.record, h.type, h.property, h.before, h.after,
    CASE
        WHEN h.what = 'removed' AND m.id IN (FROM withheld_since) THEN 'withheld'
        WHEN h.what = 'added' AND m.id IN (FROM no_longer_withheld) THEN 'no longer withheld'
        WHEN h.after IS NULL AND h.what <> 'added' AND EXISTS (FROM taken_back AS t WHERE t.record = h.record AND t.property = coalesce(h.property, t.property)) THEN 'retracted'
        WHEN h.before IS NULL AND h.what <> 'removed' AND EXISTS (FROM restored AS t WHERE t.record = h.record AND t.property = coalesce(h.property, t.property)) THEN 'retraction undone'
        WHEN h.after IS NULL AND EXISTS (FROM refer AS f WHERE f.side = 'before' AND f.record = h.record AND f.property = h.property) THEN 'withheld'
        WHEN h.before IS NULL AND EXISTS (FROM refer AS f WHERE f.side = 'after' AND f.record = h.record AND f.property = h.property) THEN 'no longer withheld'
        WHEN h.source = 'editorial' AND h.after IS NULL AND h.what <> 'added' THEN 'editorial undone'
        WHEN h.source = 'editorial' THEN 'editorial'
        ELSE coalesce(r.reason, '${unexplained}')
    END AS reason
FROM (FROM changed UNION ALL FROM whole_records) AS h
JOIN members AS m ON m.record = h.record
LEFT JOIN ${new}_reasons AS r ON r.source = h.source
ORDER BY ALL

-- name: decisions
-- The kinds of editors' decisions that took effect between two releases. The claims of a subset are those of its larger edition,
-- so claims about records outside the subset are left out.
WITH o AS (FROM ${old}_claims SEMI JOIN ${old}_members USING (record)), n AS (FROM ${new}_claims SEMI JOIN ${new}_members USING (record))
SELECT 'retracted' FROM o JOIN n USING (claim_id) WHERE o.standing = 'current' AND n.standing = 'retracted'
UNION
SELECT 'retraction undone' FROM o JOIN n USING (claim_id) WHERE o.standing = 'retracted' AND n.standing = 'current'
UNION
SELECT 'editorial' FROM n ANTI JOIN o USING (claim_id) WHERE source = 'editorial' AND standing = 'current'
UNION
SELECT 'editorial undone' FROM o ANTI JOIN n USING (claim_id) WHERE source = 'editorial' AND standing = 'current'
UNION
SELECT 'withheld' WHERE EXISTS (SELECT id FROM ${new}_withheld EXCEPT SELECT id FROM ${old}_withheld)
UNION
SELECT 'no longer withheld' FROM (SELECT id FROM ${old}_withheld EXCEPT SELECT id FROM ${new}_withheld) SEMI JOIN ${new}_members USING (id)
ORDER BY ALL

-- name: merged
-- Clusters that join several clusters of the previous release (merged), and clusters into which one of its clusters was divided
-- (split). Each row has an id from the newest release, which may have separated or joined the records again.
WITH pairs AS (
    SELECT o.id AS old_id, n.id AS new_id, m.id, min(n.type) AS type
    FROM ${old}_members AS o
    JOIN ${new}_members AS n ON n.record = o.record
    JOIN members AS m ON m.record = o.record
    GROUP BY ALL
),
    moves AS (
        SELECT p.old_id, p.new_id, coalesce(o.label, p.old_id) AS old_label, coalesce(n.label, p.new_id) AS new_label
        FROM (SELECT DISTINCT old_id, new_id FROM pairs) AS p
        LEFT JOIN ${old}_records AS o ON o.id = p.old_id
        LEFT JOIN ${new}_records AS n ON n.id = p.new_id
    ),
    merged AS (
        SELECT new_id, to_json(list({'value': old_label} ORDER BY old_label, old_id))::VARCHAR AS labels
        FROM moves
        GROUP BY new_id
        HAVING count(*) > 1
    ),
    split AS (
        SELECT old_id, to_json(list({'value': new_label} ORDER BY new_label, new_id))::VARCHAR AS labels
        FROM moves
        GROUP BY old_id
        HAVING count(*) > 1
    )
SELECT p.id, 'merged' AS what, NULL AS source, NULL AS record, min(p.type) AS type, NULL AS property, s.labels AS before, NULL AS after,
    'who is who' AS reason
FROM merged AS s
JOIN pairs AS p ON p.new_id = s.new_id
GROUP BY p.id, s.new_id, s.labels
UNION ALL
SELECT p.id, 'split', NULL, NULL, min(p.type), NULL, NULL, s.labels, 'who is who'
FROM split AS s
JOIN pairs AS p ON p.old_id = s.old_id
GROUP BY p.id, s.old_id, s.labels
ORDER BY ALL
