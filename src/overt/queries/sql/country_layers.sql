-- The projects of each layer, when they are of, and how many of them name who supplies or builds them.
SELECT l.layer, count(*) AS projects, min(p.year) AS first_year, max(p.year) AS last_year,
    sum(EXISTS (SELECT 1 FROM project_company AS k WHERE k.id = c.id AND k.role IN ('supplier', 'implementer'))) AS supplied
FROM project_country AS c
JOIN project_layer AS l ON l.id = c.id
JOIN projects AS p ON p.id = c.id
WHERE c.country = ?
GROUP BY l.layer
