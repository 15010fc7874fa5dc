-- The number of laws outside China with a provision whose note mentions China, and their countries.
WITH tied AS (
    SELECT DISTINCT a.id, unnest(a.party_country) AS country
    FROM agreements AS a
    JOIN provisions AS p ON p.agreement = a.id
    WHERE a.kind IN (SELECT id FROM terms WHERE vocabulary = 'agreement-kinds' AND (id = 'law' OR broader = 'law'))
        AND NOT list_contains(a.party_country, 'CN') AND regexp_matches(p.note, '\b(China|Chinese)\b')
)
SELECT count(DISTINCT id) AS laws, list(DISTINCT country ORDER BY country) AS "where" FROM tied
