-- What is said of them then, in the order in which a release has its claims.
SELECT c.claim_id, coalesce(r.id, c.id) AS id, c.source, c.snapshot, c.record, c.type, c.property, c.value, coalesce(t.id, c.target) AS target, c.unit,
    c.lang, c.basis, c.standing
FROM claims AS c
SEMI JOIN touched USING (id)
LEFT JOIN regrouped AS r ON r.record = c.record
LEFT JOIN regrouped AS t ON c.target IS NOT NULL AND t.record = c.value
WHERE c.standing = 'current' AND (${stays})
ORDER BY 2, c.property, coalesce(t.id, c.target, c.value), c.unit, c.claim_id
