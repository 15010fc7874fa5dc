SELECT country, count(*) AS value FROM base WHERE country IS NOT NULL GROUP BY country ORDER BY country
