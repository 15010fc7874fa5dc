SELECT c.country AS code, count(*) AS projects, sum(c.located) AS located
FROM project_country AS c
JOIN projects AS p ON p.id = c.id
WHERE ${where} AND c.id NOT IN (SELECT k.id FROM project_kind AS k WHERE k.kind = ?)
GROUP BY c.country
ORDER BY c.country
