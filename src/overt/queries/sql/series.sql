-- Series of values by country and year. Each value is a record of type `indicator`.

-- name: all
SELECT series, count(DISTINCT country) AS countries, min(year) AS first_year, max(year) AS last_year, count(*) AS records
FROM indicators
GROUP BY series
ORDER BY series

-- name: country_values
SELECT id FROM indicators WHERE series = ? AND country = ? ORDER BY year DESC, id

-- name: countries
SELECT DISTINCT series, country FROM indicators ORDER BY series, country

-- name: by_id
SELECT series, country FROM indicators WHERE id = ?

-- name: values
SELECT country, year, id, value, code FROM indicators WHERE series = ? ORDER BY country, year, id

-- name: newest_values
SELECT country, year, id, value, code FROM indicators AS i
WHERE series = ? AND year = (SELECT max(year) FROM indicators AS other WHERE other.series = i.series AND other.country = i.country)
ORDER BY country, year, id

-- name: newest_outside_values
-- Like `newest_values`, but for the countries that a subset of an edition leaves out.
SELECT country, year, id, value, code FROM outside_indicators AS i
WHERE series = ? AND year = (SELECT max(year) FROM outside_indicators AS other WHERE other.series = i.series AND other.country = i.country)
ORDER BY country, year, id

-- name: sources
SELECT DISTINCT m.source
FROM indicators AS i JOIN members AS m ON m.id = i.id
WHERE i.series = ? AND m.current
ORDER BY m.source
