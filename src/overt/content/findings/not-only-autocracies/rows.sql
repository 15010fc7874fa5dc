-- Every country with a documented system or with a regime in V-Dem's newest year, with its regime and whether it has a system.
SELECT coalesce(b.country, r.country) AS country, r.regime, b.country IS NOT NULL AS bought
FROM (
    SELECT DISTINCT c.country
    FROM (SELECT DISTINCT unit_id AS project FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted) AS s
    JOIN (SELECT id AS project, unnest(country) AS country FROM projects) AS c USING (project)
) AS b
FULL JOIN (
    SELECT country, code AS regime
    FROM indicators
    WHERE series = 'vdem-regime' AND code IS NOT NULL AND year = (SELECT max(year) FROM indicators WHERE series = 'vdem-regime')
) AS r ON r.country = b.country
