-- Countries with a documented system, by the newest regime in V-Dem.
WITH regimes AS (
    SELECT country, arg_max(code, year) AS regime FROM indicators WHERE series = 'vdem-regime' AND code IS NOT NULL GROUP BY country
),
bought AS (
    SELECT DISTINCT c.country
    FROM (SELECT DISTINCT unit_id AS project FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted) AS s
    JOIN (SELECT id AS project, unnest(country) AS country FROM projects) AS c USING (project)
)
SELECT count(*) AS rated, count(*) FILTER (WHERE regime IN ('ED', 'LD')) AS democracies FROM bought JOIN regimes USING (country)
