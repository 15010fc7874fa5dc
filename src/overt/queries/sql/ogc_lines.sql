SELECT l.project, s.route
FROM json_each(?) AS w
JOIN places AS s ON s.n = w.value
JOIN place_project AS l ON l.n = s.n
ORDER BY l.project, s.n
