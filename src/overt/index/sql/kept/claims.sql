-- The first claims of a record. `links`: properties that name records, as type and property.
SELECT c.claim_id, c.source, c.record, c.property, c.value, m.id AS target, c.original, c.unit, c.lang, c.valid_from, c.valid_to, c.basis,
    c.rule, d.id AS document, c.standing
FROM claims AS c
LEFT JOIN members AS m ON m.record = CASE WHEN list_contains($$links, c.type || ' ' || c.property) THEN c.value END
LEFT JOIN members AS d ON d.record = c.document
WHERE c.id = $$id
ORDER BY c.property, c.standing NULLS FIRST, c.value NULLS FIRST, c.source, c.claim_id
LIMIT $$most
