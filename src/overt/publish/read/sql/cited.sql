SELECT c.claim_id, c.id, c.type, c.property, r.label
FROM claims AS c
LEFT JOIN records AS r ON r.id = c.id
WHERE c.document = ? AND c.standing = 'current'
ORDER BY c.type, r.label, c.id, c.property
LIMIT 300
