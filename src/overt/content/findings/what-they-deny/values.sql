-- The number of documented systems; of those that someone denies, in all and by who denies them; and of those about which there
-- are only other statements.
WITH answered AS (SELECT project, bool_or(kind = 'denial') AS denied FROM base GROUP BY project)
SELECT (SELECT count(DISTINCT unit_id) FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted) AS "all",
    (SELECT count(*) FROM answered WHERE denied) AS denied,
    (SELECT count(*) FROM answered WHERE NOT denied) AS replied,
    count(DISTINCT project) FILTER (WHERE kind = 'denial' AND part = 'supplier') AS by_suppliers,
    count(DISTINCT project) FILTER (WHERE kind = 'denial' AND part = 'customer') AS by_customers,
    count(DISTINCT project) FILTER (WHERE kind = 'denial' AND part = 'other') AS by_others
FROM base
