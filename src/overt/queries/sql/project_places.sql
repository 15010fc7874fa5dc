SELECT l.project, s.label AS place, s.precision, s.country, s.longitude, s.latitude, s.route
FROM place_project AS l
JOIN places AS s ON s.n = l.n
WHERE l.project IN (SELECT value FROM json_each(?)) AND (s.longitude IS NOT NULL OR s.route IS NOT NULL)
ORDER BY l.project, s.n
