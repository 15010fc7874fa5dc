SELECT id, property, value, unit, lang, shown, contested, basis, claims, sources, independent_sources, claim_id
FROM "values"
ORDER BY id, property, rank, value, unit
