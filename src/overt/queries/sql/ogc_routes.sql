SELECT l.project, s.route
FROM place_project AS l
JOIN places AS s ON s.n = l.n
WHERE l.project IN (SELECT value FROM json_each(?)) AND s.route IS NOT NULL
ORDER BY l.project, s.n
