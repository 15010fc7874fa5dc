-- How exactly the places of a project are known; of one without a place that can be drawn, whether its country is.
WITH placed AS (
    SELECT DISTINCT unnest(project) AS id, "precision"
    FROM places
    WHERE geometry IS NOT NULL AND coalesce("precision", 'unlocated') NOT IN ('country', 'unlocated')
)
SELECT "precision", id FROM placed
UNION ALL
SELECT CASE WHEN len(country) > 0 THEN 'country' ELSE 'unlocated' END, id FROM projects WHERE id NOT IN (SELECT id FROM placed)
ORDER BY ALL
