-- Every value of every record, with what an evidence mark shows of its best claim.
WITH place AS (SELECT claim_id, min_by(excerpt, capture || locator) AS excerpt FROM evidence GROUP BY claim_id)
SELECT v.id, v.property, v.rank, v.value, v.unit, v.lang, v.shown, v.contested, v.basis, v.claims, v.sources, v.independent_sources, v.claim_id, c.source, s.retrieved,
    left(p.excerpt, 240)
FROM "values" AS v
LEFT JOIN claims AS c USING (claim_id)
LEFT JOIN sources AS s ON s.source = c.source
LEFT JOIN place AS p ON p.claim_id = v.claim_id
ORDER BY v.id, v.property, v.rank
