SELECT c.country, count(DISTINCT k.id) AS projects
FROM project_company AS k
JOIN project_country AS c ON c.id = k.id
WHERE k.organization = ?
GROUP BY c.country
ORDER BY projects DESC, c.country
