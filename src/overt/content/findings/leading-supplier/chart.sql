WITH systems AS (
    SELECT DISTINCT unit_id AS project FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted
),
supplied AS (
    SELECT r.organization, count(DISTINCT r.project) AS systems, count(DISTINCT c.country) AS countries
    FROM roles AS r
    JOIN systems AS s ON s.project = r.project
    LEFT JOIN (SELECT id AS project, unnest(country) AS country FROM projects) AS c ON c.project = r.project
    WHERE r.role IN ('supplier', 'implementer')
    GROUP BY r.organization
),
names AS (
    SELECT o.id, coalesce((
        SELECT n FROM (SELECT unnest(o.name) AS n) WHERE regexp_full_match(n, '[ -~]+') ORDER BY length(n), n LIMIT 1
    ), r.label, o.id) AS en,
        (SELECT n FROM (SELECT unnest(o.name) AS n) WHERE regexp_matches(n, '\p{Han}') ORDER BY length(n), n LIMIT 1) AS zh
    FROM organizations AS o
    JOIN records AS r ON r.id = o.id
)
SELECT s.organization AS record, n.en AS label, n.zh AS label_zh, s.systems AS value, s.countries AS countries
FROM supplied AS s
JOIN names AS n ON n.id = s.organization
ORDER BY s.systems DESC, s.organization
LIMIT 8
