SELECT count(*) AS projects, sum(p.located) AS located,
    (SELECT count(DISTINCT c.country) FROM project_country AS c WHERE c.id IN (SELECT p.id FROM projects AS p WHERE ${where})) AS countries
FROM projects AS p
WHERE ${where}
