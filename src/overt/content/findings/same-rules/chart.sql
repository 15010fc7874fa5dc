WITH listed AS (
    SELECT CAST(groups -> 'topic' AS VARCHAR[]) AS topics, unnest(CAST(groups -> 'country' AS VARCHAR[])) AS country
    FROM figure_rows
    WHERE name = 'laws-by-topic' AND counted
),
laws AS (SELECT * EXCLUDE (topics), unnest(topics) AS topic FROM listed)
SELECT t.label, t.label_zh, count(DISTINCT l.country) AS value
FROM laws AS l
JOIN terms AS t ON t.id = l.topic AND t.vocabulary = 'provision-topics'
WHERE l.country <> 'CN' AND l.topic IN (SELECT topic FROM laws WHERE country = 'CN')
GROUP BY t.label, t.label_zh
ORDER BY value DESC, t.label
LIMIT 8
