-- What each supplier has of it. Nothing is rounded, and parts are added in the order of their size: rows in any order give one sum.
CREATE OR REPLACE TEMP TABLE dependence_held AS
SELECT country, sector, year, placed_only, supplier, sum(amount ORDER BY amount) AS amount, count(DISTINCT unit)::INTEGER AS units,
    list(DISTINCT unit ORDER BY unit) FILTER (year IS NULL) AS rows
FROM dependence_scope
GROUP BY ALL
