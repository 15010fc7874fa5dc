-- The number of countries with a dated shutdown, how many of them have a documented system, and the year of the earliest shutdown.
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
SELECT count(*) AS shut, count(*) FILTER (WHERE country IN (SELECT country FROM bought)) AS "both", min(since) AS since FROM shutdowns
