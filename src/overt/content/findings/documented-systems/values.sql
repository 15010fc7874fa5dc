-- The number of documented systems with a supplier, the number of their countries, the number of countries with a system whose
-- customer or operator is named, and the highest number of systems in one country.
WITH systems AS (
    SELECT DISTINCT unit_id AS project, unit_id IN (SELECT project FROM roles WHERE role IN ('customer', 'operator')) AS used
    FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted
),
by_country AS (
    SELECT c.country, count(DISTINCT project) AS systems, bool_or(s.used) AS used
    FROM systems AS s JOIN (SELECT id AS project, unnest(country) AS country FROM projects) AS c USING (project)
    GROUP BY c.country
)
SELECT (SELECT count(*) FROM systems) AS systems, count(*) AS countries, count(*) FILTER (used) AS named, max(systems) AS of_most
FROM by_country
