SELECT p.id, coalesce(p.name, r.label), p.country, coalesce(p."precision", 'unlocated'), p.kind, p.radius::DOUBLE, p.geometry, p.project
FROM places AS p
JOIN records AS r USING (id)
ORDER BY p.id
