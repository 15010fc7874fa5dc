-- The numbers of suppliers of spyware, of those with a known seat, and of the countries of these seats; the country with the
-- most suppliers (if there are several, the last by code), and its number.
WITH seats AS (SELECT country, count(*) AS firms FROM base WHERE country IS NOT NULL GROUP BY country)
SELECT (SELECT count(*) FROM base) AS vendors, (SELECT count(*) FROM base WHERE country IS NOT NULL) AS known, count(*) AS seats,
    arg_max(country, (firms, country)) AS leader, max(firms) AS of_leader
FROM seats
