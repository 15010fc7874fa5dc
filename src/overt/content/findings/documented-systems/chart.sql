-- For each country, the number of documented systems, and how many of them have a named customer or operator.
SELECT c.country, count(DISTINCT s.project) AS value,
    count(DISTINCT s.project) FILTER (s.project IN (SELECT project FROM roles WHERE role IN ('customer', 'operator'))) AS named
FROM (SELECT DISTINCT unit_id AS project FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted) AS s
JOIN (SELECT id AS project, unnest(country) AS country FROM projects) AS c USING (project)
GROUP BY c.country
ORDER BY c.country
