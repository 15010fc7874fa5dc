-- Documented systems with a supplier, their countries, and the highest number in one country.
WITH systems AS (
    SELECT DISTINCT unit_id AS project FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted
),
by_country AS (
    SELECT c.country, count(DISTINCT project) AS systems
    FROM systems JOIN (SELECT id AS project, unnest(country) AS country FROM projects) AS c USING (project)
    GROUP BY c.country
)
SELECT (SELECT count(*) FROM systems) AS systems, count(*) AS countries, max(systems) AS of_most
FROM by_country
