-- Values by which a map shades countries.

-- name: assessed
-- How many of the chosen kinds the index of a year names in each country.
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
-- The last value of each country up to a year: beside max(), bare columns are those of its row.
SELECT country AS code, max(year) AS year, value, code AS value_code FROM indicators WHERE series = :series AND year <= :year GROUP BY country ORDER BY country
