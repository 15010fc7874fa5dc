WITH bought AS (
    SELECT DISTINCT c.country
    FROM (SELECT DISTINCT unit_id AS project FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted) AS s
    JOIN (SELECT id AS project, unnest(country) AS country FROM projects) AS c USING (project)
),
shutdowns AS (
    SELECT country, count(*) AS shutdowns, min(year(start_from)) AS since
    FROM restrictions
    WHERE list_contains(kind, 'shutdown') AND start_from IS NOT NULL
    GROUP BY country
)
SELECT country, shutdowns AS value FROM shutdowns SEMI JOIN bought USING (country) ORDER BY country
