-- Every claim that stands (DuckDB); each is there once, though two snapshots' files may hold it.
SELECT DISTINCT ON (claim_id) record, type, source, property, value, unit, lang, original, basis, rule, claim_id
FROM ${claims}
ORDER BY claim_id
