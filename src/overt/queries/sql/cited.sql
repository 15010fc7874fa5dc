-- Claims that name the document, and claims with a place that does: of rows that say the same, each may cite another.
SELECT c.claim_id, c.id, c.type, c.property, r.label, r.label_lang, r.label_zh
FROM claims AS c
LEFT JOIN records AS r ON r.id = c.id
WHERE c.claim_id IN (SELECT claim_id FROM claims WHERE document = :id UNION SELECT claim_id FROM evidence WHERE document = :id)
    AND c.standing = 'current'
ORDER BY c.type, r.label, c.id, c.property
LIMIT 300
