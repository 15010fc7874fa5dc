SELECT l.project, s.longitude, s.latitude, s.precision, s.radius
FROM places AS s
JOIN place_project AS l ON l.n = s.n
WHERE s.longitude IS NOT NULL
ORDER BY l.project, s.n
