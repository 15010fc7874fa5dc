SELECT t.id, count(*) AS projects
FROM projects AS p
JOIN terms AS t ON t.vocabulary = 'statuses' AND t.id = coalesce(p.status, 'unknown')
GROUP BY t.id
ORDER BY t.position
