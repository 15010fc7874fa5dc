-- The laws outside China with a provision whose note mentions China: their number, names and countries. A provision that keeps
-- suppliers out names China as the origin of their equipment, not as a model, so it doesn't count.
WITH tied AS (
    SELECT DISTINCT a.id, a.name, unnest(a.party_country) AS country
    FROM agreements AS a
    JOIN provisions AS p ON p.agreement = a.id
    WHERE a.kind IN (SELECT id FROM terms WHERE vocabulary = 'agreement-kinds' AND (id = 'law' OR broader = 'law'))
        AND NOT list_contains(a.party_country, 'CN') AND regexp_matches(p.note, '\b(China|Chinese)\b')
        AND NOT list_contains(coalesce(p.topic, []), 'vendor-exclusion')
)
SELECT count(DISTINCT id) AS laws, list(DISTINCT country ORDER BY country) AS "where",
    list(DISTINCT {'en': name, 'zh': NULL} ORDER BY {'en': name, 'zh': NULL}) AS which
FROM tied
