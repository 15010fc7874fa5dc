-- The sources of the commitments of each unit.
SELECT DISTINCT k.unit, m.source
FROM project_country AS c
JOIN commitments AS k ON k.project = c.id
JOIN members AS m ON m.id = k.id AND m.current
WHERE c.country = ?
ORDER BY k.unit, m.source
