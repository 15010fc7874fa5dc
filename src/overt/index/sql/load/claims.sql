SELECT c.claim_id, c.id, c.source, c.record, c.type, c.property, c.value, m.id, c.original, c.unit, c.lang, c.valid_from, c.valid_to, c.basis,
    c.rule, d.id, c.standing, c.snapshot, c.document
FROM claims AS c
LEFT JOIN record_properties AS p ON p.type = c.type AND p.property = c.property
LEFT JOIN members AS m ON m.record = CASE WHEN p.property IS NOT NULL THEN c.value END
LEFT JOIN members AS d ON d.record = c.document
ORDER BY c.claim_id
