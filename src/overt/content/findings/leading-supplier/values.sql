-- The supplier of the most documented systems, and the three after it.
WITH ranked AS (SELECT *, row_number() OVER (ORDER BY systems DESC, organization) AS place FROM base)
SELECT first.systems, first.countries, {'en': first.en, 'zh': first.zh} AS supplier, {'en': after.en, 'zh': after.zh} AS second,
    after.systems AS second_systems,
    (SELECT count(DISTINCT unit_id) FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted) AS total,
    (SELECT sum(systems)::BIGINT FROM ranked WHERE place BETWEEN 2 AND 4) AS next_three
FROM (FROM ranked WHERE place = 1) AS first
JOIN (FROM ranked WHERE place = 2) AS after ON true
