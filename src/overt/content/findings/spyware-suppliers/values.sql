WITH leader AS (SELECT organization, count(DISTINCT project) AS systems FROM base GROUP BY organization ORDER BY systems DESC, organization LIMIT 1),
-- The two firms that are most often named for the same system. In the chart, such a system counts for both.
pair AS (
    SELECT a.organization AS first_firm, b.organization AS second_firm, count(DISTINCT a.project) AS systems
    FROM base AS a
    JOIN base AS b ON b.project = a.project AND b.organization > a.organization
    GROUP BY ALL
    ORDER BY systems DESC, first_firm, second_firm
    LIMIT 1
)
SELECT count(DISTINCT project) AS systems, count(DISTINCT organization) AS firms, count(DISTINCT country) AS countries,
    count(DISTINCT country) FILTER (project IN (SELECT project FROM roles WHERE role IN ('customer', 'operator'))) AS named,
    (SELECT count(*) FROM (SELECT project FROM base GROUP BY project HAVING count(DISTINCT organization) > 1)) AS shared,
    (SELECT {'en': n.en, 'zh': n.zh} FROM leader JOIN organization_names AS n ON n.id = leader.organization) AS leader,
    (SELECT systems FROM leader) AS of_leader,
    coalesce(
        (SELECT list({'en': n.en, 'zh': n.zh} ORDER BY n.id) FROM pair JOIN organization_names AS n ON n.id IN (pair.first_firm, pair.second_firm)), []
    ) AS pair,
    coalesce((SELECT systems FROM pair), 0) AS of_pair
FROM base
