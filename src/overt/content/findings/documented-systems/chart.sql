-- The number of systems of each country, and of those whose customer or operator is named.
SELECT c.country, count(DISTINCT s.project) AS value,
    count(DISTINCT s.project) FILTER (s.project IN (SELECT project FROM roles WHERE role IN ('customer', 'operator'))) AS named
FROM (SELECT DISTINCT unit_id AS project FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted) AS s
JOIN (SELECT id AS project, unnest(country) AS country FROM projects) AS c USING (project)
GROUP BY c.country
ORDER BY c.country
