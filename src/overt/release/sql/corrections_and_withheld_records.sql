-- Corrections and replies, and what a release withholds.

-- name: references
-- Every claim whose value is a record. `depends`: whether the claim's record depends on the record that is the value.
SELECT c.claim_id, c.record, c.property, c.value, p.depends
FROM ${claims} AS c
JOIN record_properties AS p ON p.type = c.type AND p.property = c.property;

-- name: seeds
-- All members of clusters with a record in dispute.
SELECT m.record, m.id AS "of"
FROM members AS m
WHERE m.id IN (SELECT s.id FROM members AS s SEMI JOIN withholding_rows AS w ON w.record = s.record);

-- name: parts
-- Records that depend on withheld records: all values of one of the properties by which they depend on others are withheld.
SELECT r.record, min(w."of") AS "of"
FROM withheld_references AS r
LEFT JOIN withheld_records AS w ON w.record = r.value
WHERE r.depends AND r.record NOT IN (SELECT record FROM withheld_records)
GROUP BY r.record, r.property
HAVING bool_and(w.record IS NOT NULL);

-- name: parties
-- Source records of organisations that only withheld records refer to, if one of these belongs to a withheld project and comes
-- from the same source. Other sources' records of the same organisation stay.
SELECT o.record, min(w."of") AS "of"
FROM all_members AS o
JOIN withheld_references AS r ON r.value = o.record AND r.record <> o.record
LEFT JOIN withheld_records AS w ON w.record = r.record
WHERE o.type = 'organization' AND o.record NOT IN (SELECT record FROM withheld_records)
GROUP BY o.record
HAVING bool_and(w.record IS NOT NULL) AND bool_or(
    split_part(r.record, ':', 1) = split_part(o.record, ':', 1) AND w."of" IN (SELECT id FROM all_members WHERE type = 'project')
);

-- name: documents
-- Cited documents that only withheld records cite or refer to.
WITH cited AS (
    SELECT c.record, c.document FROM ${claims} AS c WHERE c.document IS NOT NULL
    UNION ALL
    SELECT c.record, e.document FROM ${evidence} AS e JOIN ${claims} AS c USING (claim_id) WHERE e.document IS NOT NULL
)
SELECT c.document AS record, min(w."of") AS "of"
FROM cited AS c
LEFT JOIN withheld_records AS w USING (record)
WHERE c.document NOT IN (SELECT record FROM withheld_records)
    AND c.document NOT IN (SELECT value FROM withheld_references WHERE record NOT IN (SELECT record FROM withheld_records))
GROUP BY c.document
HAVING bool_and(w.record IS NOT NULL);

-- name: claims
-- Withheld claims: those of withheld records, and those that refer to one.
SELECT c.claim_id FROM ${claims} AS c SEMI JOIN withheld_records USING (record)
UNION
SELECT claim_id FROM withheld_references WHERE value IN (SELECT record FROM withheld_records);

-- name: withheld
-- Every id of a withheld record that no published record has: its own, and those that its members would have on their own.
-- `of`: the record in dispute because of which it is withheld; this can be the same record. A record in dispute that is no
-- longer in any source also has a row.
WITH addresses AS (
    SELECT m.id, m.type, w."of" FROM all_members AS m JOIN withheld_records AS w USING (record)
    UNION
    SELECT m.own_id, m.type, w."of" FROM all_members AS m JOIN withheld_records AS w USING (record)
    UNION
    SELECT d.id, NULL, d.id FROM withholding_rows AS d WHERE d.record NOT IN (SELECT record FROM all_members)
),
decided AS (
    SELECT coalesce(m.id, d.id) AS "of", min(d.date) AS since, string_agg(DISTINCT d.reason, '; ' ORDER BY d.reason) AS reason
    FROM withholding_rows AS d
    LEFT JOIN all_members AS m USING (record)
    GROUP BY 1
)
SELECT a.id, min(a.type) AS type, min(a."of") AS "of", min_by(d.since, a."of") AS since, min_by(d.reason, a."of") AS reason
FROM addresses AS a
JOIN decided AS d ON d."of" = a."of"
WHERE a.id NOT IN (SELECT id FROM members)
GROUP BY a.id
ORDER BY a.id;

-- name: corrections
-- Corrections, replies and records in dispute. A value that is a record is given as its published id.
WITH targets AS (SELECT sequence, unnest(targets) AS target FROM correction_rows),
sources AS (
    SELECT t.sequence, string_agg(DISTINCT coalesce(c.source, m.source), ', ' ORDER BY coalesce(c.source, m.source)) AS source
    FROM targets AS t
    LEFT JOIN claims AS c ON c.claim_id = t.target
    LEFT JOIN members AS m ON m.record = t.target
    GROUP BY t.sequence
),
old_values AS (
    SELECT b.sequence, string_agg(DISTINCT CASE WHEN p.property IS NULL THEN b.text ELSE v.id END, '; ' ORDER BY CASE WHEN p.property IS NULL THEN b.text ELSE v.id END) AS old_value
    FROM (SELECT sequence, type, property, unnest("before") AS text FROM correction_rows) AS b
    LEFT JOIN record_properties AS p ON p.type = b.type AND p.property = b.property
    LEFT JOIN members AS v ON v.record = CASE WHEN p.property IS NOT NULL THEN b.text END
    GROUP BY b.sequence
)
SELECT c.date, 'correction' AS kind, m.id, m.type, c.property, s.source, o.old_value,
    CASE WHEN p.property IS NULL THEN c.value ELSE v.id END AS new_value, c.reason, NULL::VARCHAR AS statement
FROM correction_rows AS c
JOIN members AS m ON m.record = c.record
LEFT JOIN sources AS s USING (sequence)
LEFT JOIN old_values AS o USING (sequence)
LEFT JOIN record_properties AS p ON p.type = c.type AND p.property = c.property
LEFT JOIN members AS v ON v.record = CASE WHEN p.property IS NOT NULL THEN c.value END
UNION ALL
SELECT r.date, 'reply', t.about, 'project', NULL, NULL, NULL, t.note, NULL, t.id
FROM reply_rows AS r
JOIN members AS m ON m.record = r.record
JOIN statements AS t ON t.id = m.id
UNION ALL
SELECT since, 'withheld', id, type, NULL, NULL, NULL, NULL, reason, NULL FROM withheld_rows WHERE id = "of"
ORDER BY ALL;
