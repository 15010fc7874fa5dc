SELECT series, count(DISTINCT country) AS countries, min(year) AS first_year, max(year) AS last_year, count(*) AS held
FROM indicators
GROUP BY series
ORDER BY series
