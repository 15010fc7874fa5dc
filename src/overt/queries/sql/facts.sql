SELECT f.id, f.property, f.value, f.unit, f.lang, f.shown, f.contested, f.basis, f.claims, f.sources, f.independent_sources, f.claim_id, f.source, f.retrieved,
    f.excerpt, r.label, r.label_lang, r.label_zh, r.type AS kind
FROM facts AS f
LEFT JOIN records AS r ON r.id = f.value
WHERE f.id IN (SELECT value FROM json_each(?))
ORDER BY f.id, f.property, f.rank
