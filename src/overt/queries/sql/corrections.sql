-- Corrections, replies and withheld records, newest first.

-- name: all
-- With `:new`, only those that the previous release lacks.
SELECT c.date, c.kind, c.id, c.type, c.property, c.source, c.old_value, c.new_value, c.reason, c.statement, r.label, r.label_lang, r.label_zh,
    s.by_id, b.label AS by_label, b.label_lang AS by_label_lang, b.label_zh AS by_label_zh
FROM corrections AS c
LEFT JOIN records AS r ON r.id = c.id
LEFT JOIN (SELECT id, value AS by_id FROM facts WHERE property = 'by' AND shown) AS s ON s.id = c.statement
LEFT JOIN records AS b ON b.id = s.by_id
WHERE c.is_new OR NOT :new
ORDER BY c.date DESC, c.n DESC
LIMIT :limit OFFSET :offset

-- name: withheld
-- The number of records in dispute, and the number of all withheld ids, including the ids of these records.
SELECT (SELECT count(*) FROM corrections WHERE kind = 'withheld') AS disputed,
    (SELECT count(*) FROM withdrawn WHERE reason = 'withheld') AS addresses

-- name: count
SELECT count(*) AS total FROM corrections
