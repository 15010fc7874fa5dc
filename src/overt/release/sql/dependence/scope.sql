-- What is counted by country, sector and year (all that had begun by its end; no year: all, those without a date too), of all records and of
-- those with a place in the country alone.
CREATE OR REPLACE TEMP TABLE dependence_scope AS
WITH scope AS (SELECT *, false AS placed_only FROM dependence_parts UNION ALL SELECT *, true FROM dependence_parts WHERE precise),
years AS (
    SELECT DISTINCT country, sector, placed_only, year FROM scope WHERE year IS NOT NULL
    UNION ALL
    SELECT DISTINCT country, sector, placed_only, NULL::BIGINT FROM scope
)
SELECT y.country, y.sector, y.year::INTEGER AS year, y.placed_only, s.supplier, s.unit, s.project, s.amount
FROM years AS y
JOIN scope AS s ON s.country = y.country AND s.sector = y.sector AND s.placed_only = y.placed_only AND (y.year IS NULL OR s.year <= y.year)
