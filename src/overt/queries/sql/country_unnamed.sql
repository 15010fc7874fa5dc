-- The projects of countries that name no supplier, by the sources that say why they name none.
SELECT n.source, n.suppliers, count(DISTINCT c.id) AS projects
FROM project_country AS c
JOIN project_source AS s ON s.id = c.id
JOIN sources AS n ON n.source = s.source AND n.suppliers IS NOT NULL
WHERE c.country IN (SELECT value FROM json_each(?))
    AND NOT EXISTS (SELECT 1 FROM project_company AS k WHERE k.id = c.id AND k.role IN ('supplier', 'implementer'))
GROUP BY n.source, n.suppliers
ORDER BY projects DESC, n.source
