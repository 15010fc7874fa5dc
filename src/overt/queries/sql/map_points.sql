SELECT p.id, s.n, s.longitude, s.latitude, s.precision IN ('admin1', 'admin2') AS soft
FROM places AS s
JOIN place_project AS l ON l.n = s.n
JOIN projects AS p ON p.id = l.project
WHERE s.longitude IS NOT NULL AND ${box}
ORDER BY s.n, p.id
