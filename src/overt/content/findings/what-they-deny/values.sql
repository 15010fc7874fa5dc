-- The number of documented systems; how many of them are denied by anyone, by suppliers, by customers and by others; and how
-- many nobody denies although someone made a statement. Of the latter, `confirmed` have a confirmation, `unanswered` only
-- statements that give no answer, and `replied` are the rest.
WITH answered AS (
    SELECT project, bool_or(kind = 'denial') AS denied, bool_or(kind = 'confirmation') AS confirmed,
        bool_and(coalesce(concerns = ['no-answer'], false)) AS unanswered
    FROM base
    GROUP BY project
)
SELECT (SELECT count(DISTINCT unit_id) FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted) AS "all",
    (SELECT count(*) FROM answered WHERE denied) AS denied,
    (SELECT count(*) FROM answered WHERE NOT denied) AS undenied,
    (SELECT count(*) FROM answered WHERE NOT denied AND confirmed) AS confirmed,
    (SELECT count(*) FROM answered WHERE NOT denied AND NOT confirmed AND NOT unanswered) AS replied,
    (SELECT count(*) FROM answered WHERE NOT denied AND NOT confirmed AND unanswered) AS unanswered,
    count(DISTINCT project) FILTER (WHERE kind = 'denial' AND part = 'supplier') AS by_suppliers,
    count(DISTINCT project) FILTER (WHERE kind = 'denial' AND part = 'customer') AS by_customers,
    count(DISTINCT project) FILTER (WHERE kind = 'denial' AND part = 'other') AS by_others
FROM base
