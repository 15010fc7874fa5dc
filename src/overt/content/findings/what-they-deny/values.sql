-- Documented deployments that someone denies, and those about which there are only other statements.
WITH systems AS (
    SELECT DISTINCT unit_id AS project FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted
),
answered AS (
    SELECT s.project, bool_or(a.kind = 'denial') AS denied
    FROM systems AS s JOIN statements AS a ON a.about = s.project
    GROUP BY s.project
)
SELECT (SELECT count(*) FROM systems) AS "all", count(*) FILTER (WHERE denied) AS denied, count(*) FILTER (WHERE NOT denied) AS replied FROM answered
