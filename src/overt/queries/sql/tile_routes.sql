SELECT p.id, p.label, p.year, s.precision, s.route
FROM json_each(?) AS w
JOIN places AS s ON s.n = w.value
JOIN place_project AS l ON l.n = s.n
JOIN projects AS p ON p.id = l.project
ORDER BY s.n, p.id
