-- Projects that no place can be drawn of, by country; those without a country have none.
SELECT c.country AS code, count(*) AS projects
FROM projects AS p
LEFT JOIN project_country AS c ON c.id = p.id
WHERE NOT p.located AND ${where}
GROUP BY c.country
ORDER BY projects DESC, code
