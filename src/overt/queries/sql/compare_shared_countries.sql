SELECT c.country, count(DISTINCT k.id) AS projects
FROM project_company AS k
JOIN project_country AS c ON c.id = k.id
WHERE k.organization IN (SELECT value FROM json_each(:chosen))
GROUP BY c.country
HAVING count(DISTINCT k.organization) = :n
ORDER BY projects DESC, c.country
LIMIT :limit
