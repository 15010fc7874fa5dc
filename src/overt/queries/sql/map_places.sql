SELECT p.id, p.label, p.label_zh, p.layer, p.kinds, p.status, p.year, p.countries, s.label AS place, s.precision, s.country, s.longitude, s.latitude, s.route
FROM places AS s
JOIN place_project AS l ON l.n = s.n
JOIN projects AS p ON p.id = l.project
WHERE ${box}
ORDER BY s.n, p.id
