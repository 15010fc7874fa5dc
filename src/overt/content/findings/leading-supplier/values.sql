-- The supplier of the most documented systems, the next one (or several with equal numbers), and the number of all systems.
WITH ranked AS (SELECT *, row_number() OVER (ORDER BY systems DESC, organization) AS place FROM base)
SELECT first.systems, first.countries, {'en': first.en, 'zh': first.zh} AS supplier, after.suppliers AS second,
    after.systems AS second_systems,
    (SELECT count(DISTINCT unit_id) FROM figure_rows WHERE name = 'deployments-by-supplier' AND counted) AS total
FROM (FROM ranked WHERE place = 1) AS first
JOIN (
    SELECT systems, list({'en': en, 'zh': zh} ORDER BY en) AS suppliers
    FROM ranked
    WHERE place > 1
    GROUP BY systems
    ORDER BY systems DESC
    LIMIT 1
) AS after ON true
