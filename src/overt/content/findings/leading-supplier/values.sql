-- The supplier named most often, and the three after it.
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
),
ranked AS (SELECT *, row_number() OVER (ORDER BY systems DESC, organization) AS place FROM supplied)
SELECT first.systems, first.countries, {'en': n.en, 'zh': n.zh} AS supplier, {'en': m.en, 'zh': m.zh} AS second, after.systems AS second_systems,
    (SELECT count(*) FROM systems) AS total, (SELECT sum(systems)::BIGINT FROM ranked WHERE place BETWEEN 2 AND 4) AS next_three
FROM (FROM ranked WHERE place = 1) AS first
JOIN names AS n ON n.id = first.organization
JOIN (FROM ranked WHERE place = 2) AS after ON true
JOIN names AS m ON m.id = after.organization
