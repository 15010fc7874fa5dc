-- Values by which a map shades countries.

-- name: assessed
-- The number of kinds of technology that a year's index reports in each country. If `:kinds` is not empty, only these count.
SELECT country AS code, count(DISTINCT kind) AS kinds
FROM assessments
WHERE year = :year AND (:kinds = '[]' OR kind IN (SELECT value FROM json_each(:kinds)))
GROUP BY country
ORDER BY country

-- name: assessment_counts
SELECT year, kind, count(DISTINCT country) AS countries FROM assessments GROUP BY year, kind ORDER BY year, kind

-- name: known_series
SELECT DISTINCT series FROM indicators

-- name: series
-- The latest value of each country up to a year. With max(), SQLite takes bare columns from the row of the maximum.
SELECT country AS code, max(year) AS year, value, code AS value_code FROM indicators WHERE series = :series AND year <= :year GROUP BY country ORDER BY country

-- name: outside_series
-- Like `series`, but for the countries that a subset of an edition leaves out.
SELECT country AS code, max(year) AS year, value FROM outside_indicators WHERE series = :series AND year <= :year GROUP BY country ORDER BY country
