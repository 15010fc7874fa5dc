-- One row per law, rule, decision, guideline or contract with a provision that keeps suppliers out. `kind`: law, regulation, policy …
SELECT DISTINCT a.id AS unit_id, a.party_country AS country, a.kind, coalesce(a.status, 'unknown') AS status
FROM agreements AS a
JOIN provisions AS p ON p.agreement = a.id AND list_contains(p.topic, 'vendor-exclusion')
WHERE a.kind IN (SELECT id FROM terms WHERE vocabulary = 'agreement-kinds' AND (id = 'law' OR broader = 'law'))
