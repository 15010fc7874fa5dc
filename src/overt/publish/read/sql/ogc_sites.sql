SELECT s.n, s.id, s.label, s.kind, s.radius
FROM places AS s
WHERE s.n IN (SELECT value FROM json_each(?))
