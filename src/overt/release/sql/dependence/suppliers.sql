-- By country, sector and year (all that had begun by its end; no year: all, those without a date too), of all records and of those with a
-- place in the country alone: what each supplier has of it. No supplier: what is not known.
WITH scope AS (SELECT *, false AS placed_only FROM dependence_parts UNION ALL SELECT *, true FROM dependence_parts WHERE precise),
years AS (
    SELECT DISTINCT country, sector, placed_only, year FROM scope WHERE year IS NOT NULL
    UNION ALL
    SELECT DISTINCT country, sector, placed_only, NULL::BIGINT FROM scope
),
held AS (
    SELECT y.country, y.sector, y.year, y.placed_only, s.supplier, sum(s.amount) AS amount, count(DISTINCT s.unit) AS units,
        list(DISTINCT s.unit ORDER BY s.unit) FILTER (y.year IS NULL) AS rows
    FROM years AS y
    JOIN scope AS s ON s.country = y.country AND s.sector = y.sector AND s.placed_only = y.placed_only AND (y.year IS NULL OR s.year <= y.year)
    GROUP BY ALL
)
SELECT country, sector, year::INTEGER AS year, placed_only, supplier, amount, units::INTEGER AS units,
    (amount / sum(amount) OVER (PARTITION BY country, sector, year, placed_only))::DECIMAL(9, 6) AS share, rows
FROM held
ORDER BY country, sector, year NULLS FIRST, placed_only, supplier NULLS LAST
