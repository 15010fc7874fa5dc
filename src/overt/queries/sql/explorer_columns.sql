-- All projects as columns, for the explorer in the browser.

-- name: columns
SELECT p.id, p.label, p.label_lang, p.label_zh, p.layer, p.countries, p.status, p.shown_status, p.year, p.sources, p.independent_sources, p.first_year, p.last_year, s.planned,
    s.planned_as_of
FROM projects AS p
LEFT JOIN spans AS s ON s.id = p.id
ORDER BY p.sort_label, p.id

-- name: places
SELECT l.project, s.longitude, s.latitude, s.precision, s.radius, s.label
FROM places AS s
JOIN place_project AS l ON l.n = s.n
WHERE s.longitude IS NOT NULL
ORDER BY l.project, s.n

-- name: routes
SELECT l.project, s.precision, s.route
FROM places AS s
JOIN place_project AS l ON l.n = s.n
WHERE s.route IS NOT NULL
ORDER BY l.project, s.n

-- name: values
${facets}
UNION ALL SELECT 'said', kind, id FROM project_kind WHERE said

-- name: cable_owners
SELECT DISTINCT c.id AS project, c.organization AS id, r.label, r.label_lang, r.label_zh
FROM project_company AS c
JOIN projects AS p ON p.id = c.id
JOIN records AS r ON r.id = c.organization
WHERE c.role = 'owner' AND p.layer = 'cables'
ORDER BY c.id, r.label, c.organization
