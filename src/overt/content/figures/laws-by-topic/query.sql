-- One row per law and topic of its provisions, and one row for each law without a topic. `kind`: law, regulation, decision …
SELECT DISTINCT a.id AS unit_id, t.topic, a.party_country AS country, a.kind, coalesce(a.status, 'unknown') AS status
FROM agreements AS a
LEFT JOIN (SELECT agreement, unnest(topic) AS topic FROM provisions) AS t ON t.agreement = a.id
WHERE a.kind IN (SELECT id FROM terms WHERE vocabulary = 'agreement-kinds' AND (id = 'law' OR broader = 'law'))
