-- Points and routes of projects, and the suppliers of cables.

-- name: places
SELECT p.id, p.label, p.label_zh, p.layer, p.kinds, p.status, p.year, p.countries, s.label AS place, s.precision, s.radius, s.country, s.longitude, s.latitude, s.route
FROM places AS s
JOIN place_project AS l ON l.n = s.n
JOIN projects AS p ON p.id = l.project
WHERE ${box}
ORDER BY s.n, p.id

-- name: points
SELECT p.id, s.n, s.longitude, s.latitude, s.precision IN ('admin1', 'admin2') OR s.radius IS NOT NULL AS soft
FROM places AS s
JOIN place_project AS l ON l.n = s.n
JOIN projects AS p ON p.id = l.project
WHERE s.longitude IS NOT NULL AND ${box}
ORDER BY s.n, p.id

-- name: project_names
SELECT id, label, label_zh FROM projects WHERE id IN (SELECT value FROM json_each(?))

-- name: tile_points
SELECT s.n, p.id, p.label, p.label_zh, coalesce(p.layer, 'presence') AS layer, s.precision, s.radius, s.latitude, p.kinds, p.countries, p.year
FROM json_each(?) AS w
JOIN places AS s ON s.n = json_extract(w.value, '$[0]')
JOIN projects AS p ON p.id = json_extract(w.value, '$[1]')

-- name: tile_routes
SELECT p.id, p.label, p.year, s.precision, s.route
FROM json_each(?) AS w
JOIN places AS s ON s.n = w.value
JOIN place_project AS l ON l.n = s.n
JOIN projects AS p ON p.id = l.project
ORDER BY s.n, p.id

-- name: cable_suppliers
SELECT DISTINCT c.id AS project, c.organization AS id, r.label, r.label_lang, r.label_zh
FROM project_company AS c
JOIN projects AS p ON p.id = c.id
JOIN records AS r ON r.id = c.organization
WHERE c.role = 'supplier' AND p.layer = 'cables'
ORDER BY c.id, r.label, c.organization
