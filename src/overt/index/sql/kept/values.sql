SELECT v.property, v.value, v.unit, v.lang, v.shown, v.contested, v.basis, v.claims, v.sources, ${independent} AS independent_sources,
    v.claim_id, r.label
FROM "values" AS v
LEFT JOIN records AS r ON r.id = v.value
WHERE v.id = $$id
ORDER BY v.property, v.rank
