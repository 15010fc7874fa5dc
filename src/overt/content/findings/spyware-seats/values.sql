-- Suppliers of spyware by seat; ties by code.
WITH vendors AS (
    SELECT DISTINCT o.id, o.country
    FROM roles AS r
    JOIN organizations AS o ON o.id = r.organization
    WHERE r.role IN ('supplier', 'implementer') AND r.project IN (SELECT id FROM project_kinds WHERE kind = 'spyware')
),
seats AS (SELECT country, count(*) AS firms FROM vendors WHERE country IS NOT NULL GROUP BY country)
SELECT (SELECT count(*) FROM vendors) AS vendors, (SELECT count(*) FROM vendors WHERE country IS NOT NULL) AS known, count(*) AS seats,
    arg_max(country, (firms, country)) AS leader, max(firms) AS of_leader
FROM seats
