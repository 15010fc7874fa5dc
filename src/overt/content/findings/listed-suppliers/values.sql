-- The number of documented systems; how many of them have a supplier that is currently on one of the two lists named below; and
-- the numbers of these suppliers and of these systems' countries. Other lists don't count, because the atlas has only some of
-- their entries.
WITH systems AS (
    SELECT DISTINCT unit_id AS project FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted
),
listed AS (
    SELECT DISTINCT r.project, r.organization
    FROM roles AS r
    JOIN systems AS s ON s.project = r.project
    WHERE r.role IN ('supplier', 'implementer') AND r.organization IN (
        SELECT organization FROM listings WHERE "current" AND list IN ('us-dod-1260h', 'us-fcc-covered')
    )
)
SELECT (SELECT count(*) FROM systems) AS "all", count(DISTINCT l.organization) AS firms, count(DISTINCT l.project) AS systems, count(DISTINCT c.country) AS countries
FROM listed AS l
LEFT JOIN (SELECT id AS project, unnest(country) AS country FROM projects) AS c ON c.project = l.project
