SELECT DISTINCT l.project, s.id, s.label
FROM project_country AS c
JOIN place_project AS l ON l.project = c.id
JOIN places AS s ON s.n = l.n
WHERE c.country = :country AND s.country = :country AND s.kind = 'landing-point'
ORDER BY s.label, s.id
