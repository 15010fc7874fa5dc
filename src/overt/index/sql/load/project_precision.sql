-- How exactly the places of a project are known; of one without a place that can be drawn, whether its country is.
SELECT DISTINCT "precision", id FROM placed
UNION ALL
SELECT CASE WHEN len(country) > 0 THEN 'country' ELSE 'unlocated' END, id FROM projects WHERE id NOT IN (SELECT id FROM placed)
ORDER BY ALL
