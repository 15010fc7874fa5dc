-- One row a country that anything is said of.
WITH said AS (
    SELECT unnest(country) AS code, 'project' AS kind, id FROM projects
    UNION ALL SELECT country, 'located', p.id FROM (SELECT unnest(project) AS id, country FROM places
        WHERE geometry IS NOT NULL AND coalesce("precision", 'unlocated') NOT IN ('country', 'unlocated')) AS p
        SEMI JOIN (SELECT id, unnest(country) AS country FROM projects) AS h ON h.id = p.id AND h.country = p.country
    UNION ALL SELECT country, 'assessment', id FROM assessments
    UNION ALL SELECT country, 'indicator', id FROM indicators
    UNION ALL SELECT unnest(party_country), 'agreement', id FROM agreements
    UNION ALL SELECT country, 'restriction', id FROM restrictions
    UNION ALL SELECT country, 'seat', id FROM organizations
)
SELECT code,
    count(DISTINCT id) FILTER (WHERE kind = 'project'), count(DISTINCT id) FILTER (WHERE kind = 'located'),
    count(DISTINCT id) FILTER (WHERE kind = 'assessment'), count(DISTINCT id) FILTER (WHERE kind = 'indicator'),
    count(DISTINCT id) FILTER (WHERE kind = 'agreement'), count(DISTINCT id) FILTER (WHERE kind = 'restriction')
FROM said
WHERE code IS NOT NULL
GROUP BY code
ORDER BY code
