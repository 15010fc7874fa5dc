-- The number of laws in force outside China with a provision on a topic of China's laws, and the numbers of their countries
-- and of these topics.
WITH listed AS (
    SELECT unit_id, CAST(groups -> 'topic' AS VARCHAR[]) AS topics, unnest(CAST(groups -> 'country' AS VARCHAR[])) AS country
    FROM figure_rows
    WHERE name = 'laws-by-topic' AND counted
),
laws AS (SELECT * EXCLUDE (topics), unnest(topics) AS topic FROM listed)
SELECT count(DISTINCT unit_id) AS laws, count(DISTINCT country) AS states, count(DISTINCT topic) AS both
FROM laws
WHERE country <> 'CN' AND topic IN (SELECT topic FROM laws WHERE country = 'CN')
