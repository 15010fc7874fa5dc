SELECT country, count(*) AS held FROM companies WHERE country IS NOT NULL GROUP BY country ORDER BY held DESC, country
