-- Series of countries by year.

-- name: all
SELECT series, count(DISTINCT country) AS countries, min(year) AS first_year, max(year) AS last_year, count(*) AS held
FROM indicators
GROUP BY series
ORDER BY series

-- name: of_country
SELECT id FROM indicators WHERE series = ? AND country = ? ORDER BY year DESC, id

-- name: pairs
SELECT DISTINCT series, country FROM indicators ORDER BY series, country

-- name: place
SELECT series, country FROM indicators WHERE id = ?

-- name: values
SELECT country, year, id, value, code FROM indicators WHERE series = ? ORDER BY country, year, id
