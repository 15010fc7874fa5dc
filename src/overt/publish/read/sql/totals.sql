WITH hit AS MATERIALIZED (SELECT p.id, p.located FROM projects AS p WHERE ${where})
SELECT count(*) AS projects, sum(located) AS located,
    (SELECT count(DISTINCT c.country) FROM hit JOIN project_country AS c USING (id)) AS countries,
    (SELECT count(*) FROM hit JOIN project_kind AS k USING (id) WHERE k.kind = 'submarine-cable') AS cables
FROM hit
