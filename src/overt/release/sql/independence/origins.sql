-- Where each value of a thing comes from: of things for which a document is cited, or whose records tell the same text.
WITH wanted AS (
    SELECT id FROM claims_out WHERE standing = 'current' AND document IS NOT NULL
    UNION
    FROM copied_ids
)
SELECT DISTINCT c.id, c.property, coalesce(c.target, c.value) AS value, c.unit, c.source, c.record, m.id AS document
FROM claims_out AS c
SEMI JOIN wanted USING (id)
LEFT JOIN members AS m ON m.record = c.document
WHERE c.standing = 'current'
ORDER BY ALL
