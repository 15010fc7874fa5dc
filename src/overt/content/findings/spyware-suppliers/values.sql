WITH firms AS (SELECT organization, list(DISTINCT project) AS projects FROM base GROUP BY organization),
pair AS (
    SELECT a.organization AS first, b.organization AS second, len(list_intersect(a.projects, b.projects)) AS systems
    FROM firms AS a
    JOIN firms AS b ON a.organization < b.organization
    ORDER BY systems DESC, first, second
    LIMIT 1
),
leader AS (SELECT organization, count(DISTINCT project) AS systems FROM base GROUP BY organization ORDER BY systems DESC, organization LIMIT 1)
SELECT count(DISTINCT project) AS systems, count(DISTINCT organization) AS firms, count(DISTINCT country) AS countries,
    count(DISTINCT country) FILTER (project IN (SELECT project FROM roles WHERE role IN ('customer', 'operator'))) AS named,
    (SELECT count(*) FROM (SELECT project FROM base GROUP BY project HAVING count(DISTINCT organization) > 1)) AS shared,
    (SELECT {'en': n.en, 'zh': n.zh} FROM leader JOIN organization_names AS n ON n.id = leader.organization) AS leader,
    (SELECT systems FROM leader) AS of_leader,
    (SELECT {'en': n.en, 'zh': n.zh} FROM pair JOIN organization_names AS n ON n.id = pair.first) AS first,
    (SELECT {'en': n.en, 'zh': n.zh} FROM pair JOIN organization_names AS n ON n.id = pair.second) AS second,
    (SELECT systems FROM pair) AS together
FROM base
