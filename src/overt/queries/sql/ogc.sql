-- Features for GIS programs.

-- name: features
SELECT n, geometry, properties FROM features WHERE n IN (SELECT value FROM json_each(?))

-- name: lines
SELECT l.project, s.route
FROM json_each(?) AS w
JOIN places AS s ON s.n = w.value
JOIN place_project AS l ON l.n = s.n
ORDER BY l.project, s.n

-- name: routes
SELECT l.project, s.route
FROM place_project AS l
JOIN places AS s ON s.n = l.n
WHERE l.project IN (SELECT value FROM json_each(?)) AND s.route IS NOT NULL
ORDER BY l.project, s.n

-- name: site
SELECT s.n FROM places AS s WHERE s.id = ? AND s.longitude IS NOT NULL

-- name: sites
SELECT n, feature, page FROM site_features WHERE n IN (SELECT value FROM json_each(?))

-- name: projects_where
-- Ids of projects that match a filter (overt.ogc.queryables), as one string, because a Python row for each would be slow.
SELECT group_concat(p.id, ' ') AS ids FROM projects AS p LEFT JOIN projects_flat AS f ON f.id = p.id WHERE ${condition}

-- name: sites_where
SELECT group_concat(s.n, ' ') AS numbers FROM places AS s WHERE s.longitude IS NOT NULL AND ${condition}

-- name: countries_where
SELECT group_concat(c.code, ' ') AS codes FROM countries AS c JOIN areas AS a ON a.code = c.code WHERE ${condition}
