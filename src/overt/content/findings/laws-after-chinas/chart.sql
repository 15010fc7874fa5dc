SELECT DISTINCT unnest(a.party_country) AS country, 1 AS value
FROM agreements AS a
JOIN provisions AS p ON p.agreement = a.id
WHERE a.kind IN (SELECT id FROM terms WHERE vocabulary = 'agreement-kinds' AND (id = 'law' OR broader = 'law'))
    AND NOT list_contains(a.party_country, 'CN') AND regexp_matches(p.note, '\b(China|Chinese)\b')
    AND NOT list_contains(coalesce(p.topic, []), 'vendor-exclusion')
ORDER BY country
