-- Claims of the sources that may be shown, about records that may be, naming only such records.
SELECT c.claim_id, m.id, c.source, c.snapshot, c.record, c.type, c.property, c.value, v.id AS target, c.original, c.unit, c.lang, c.valid_from, c.valid_to,
    c.basis, c.rule, d.record AS document, c.standing
FROM all_claims AS c
SEMI JOIN kept USING (source)
JOIN members AS m ON m.record = c.record
LEFT JOIN record_properties AS p ON p.type = c.type AND p.property = c.property
LEFT JOIN members AS v ON v.record = CASE WHEN p.property IS NOT NULL THEN c.value END
LEFT JOIN members AS d ON d.record = c.document
WHERE p.property IS NULL OR v.record IS NOT NULL
    OR (split_part(c.value, ':', 1) IN (FROM kept) AND c.value NOT IN (SELECT record FROM all_members)) -- names what is nowhere
ORDER BY m.id, c.property, coalesce(v.id, c.value), c.unit, c.claim_id
