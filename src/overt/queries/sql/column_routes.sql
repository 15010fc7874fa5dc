SELECT l.project, s.precision, s.route
FROM places AS s
JOIN place_project AS l ON l.n = s.n
WHERE s.route IS NOT NULL
ORDER BY l.project, s.n
