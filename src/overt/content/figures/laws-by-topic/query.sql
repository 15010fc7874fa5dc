-- One row per law. `topic`: the topics of its provisions, apart from exclusions of suppliers; null if there are none. `kind`:
-- law, regulation, decision …
WITH topics AS (SELECT DISTINCT agreement, unnest(topic) AS topic FROM provisions)
SELECT a.id AS unit_id, t.topic, a.party_country AS country, a.kind, coalesce(a.status, 'unknown') AS status
FROM agreements AS a
LEFT JOIN (
    SELECT agreement, list(topic ORDER BY topic) AS topic FROM topics WHERE topic <> 'vendor-exclusion' GROUP BY agreement
) AS t ON t.agreement = a.id
WHERE a.kind IN (SELECT id FROM terms WHERE vocabulary = 'agreement-kinds' AND (id = 'law' OR broader = 'law'))
