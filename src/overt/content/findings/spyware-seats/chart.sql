WITH vendors AS (
    SELECT DISTINCT o.id, o.country
    FROM roles AS r
    JOIN organizations AS o ON o.id = r.organization
    WHERE r.role IN ('supplier', 'implementer') AND r.project IN (SELECT id FROM project_kinds WHERE kind = 'spyware')
)
SELECT country, count(*) AS value FROM vendors WHERE country IS NOT NULL GROUP BY country ORDER BY country
