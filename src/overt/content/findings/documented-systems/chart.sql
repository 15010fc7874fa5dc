-- The number of systems of each country, and of those whose customer or operator is named.
SELECT c.country, count(DISTINCT s.project) AS value, count(DISTINCT s.project) FILTER (s.used) AS named
FROM (
    SELECT unit_id AS project, bool_or(list_contains(variants, 'customer-named')) AS used
    FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted
    GROUP BY unit_id
) AS s
JOIN (SELECT id AS project, unnest(country) AS country FROM projects) AS c USING (project)
GROUP BY c.country
ORDER BY c.country
