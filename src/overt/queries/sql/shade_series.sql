-- The last value of each country up to a year: beside max(), bare columns are those of its row.
SELECT country AS code, max(year) AS year, value, code AS said FROM indicators WHERE series = :series AND year <= :year GROUP BY country ORDER BY country
