-- What is said of the wanted records, those of the record in question first.
SELECT c.record, c.source, c.property, c.value, c.unit, c.lang, c.original, c.basis, c.rule, c.claim_id
FROM ${claims} AS c
JOIN wanted AS w USING (record)
ORDER BY w.rank, c.property, c.source, c.value, c.claim_id
