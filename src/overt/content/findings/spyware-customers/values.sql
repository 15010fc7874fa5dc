-- Deployments of spyware, their suppliers and countries.
WITH spyware AS (
    SELECT r.project, r.organization
    FROM roles AS r
    JOIN (SELECT DISTINCT unit_id AS project FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted) AS d ON d.project = r.project
    WHERE r.role IN ('supplier', 'implementer') AND r.project IN (SELECT id FROM project_kinds WHERE kind = 'spyware')
),
names AS (
    SELECT o.id, coalesce((
        SELECT n FROM (SELECT unnest(o.name) AS n) WHERE regexp_full_match(n, '[ -~]+') ORDER BY length(n), n LIMIT 1
    ), r.label, o.id) AS en,
        (SELECT n FROM (SELECT unnest(o.name) AS n) WHERE regexp_matches(n, '\p{Han}') ORDER BY length(n), n LIMIT 1) AS zh
    FROM organizations AS o
    JOIN records AS r ON r.id = o.id
),
leader AS (SELECT organization, count(DISTINCT project) AS systems FROM spyware GROUP BY organization ORDER BY systems DESC, organization LIMIT 1)
SELECT count(DISTINCT s.project) AS systems, count(DISTINCT s.organization) AS firms, count(DISTINCT c.country) AS countries,
    (SELECT {'en': n.en, 'zh': n.zh} FROM leader JOIN names AS n ON n.id = leader.organization) AS leader, (SELECT systems FROM leader) AS of_leader
FROM spyware AS s
LEFT JOIN (SELECT id AS project, unnest(country) AS country FROM projects) AS c ON c.project = s.project
