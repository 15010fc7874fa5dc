-- Countries with equally many seats are sorted by code.
WITH seats AS (SELECT country, count(*) AS firms FROM base WHERE country IS NOT NULL GROUP BY country)
SELECT (SELECT count(*) FROM base) AS vendors, (SELECT count(*) FROM base WHERE country IS NOT NULL) AS known, count(*) AS seats,
    arg_max(country, (firms, country)) AS leader, max(firms) AS of_leader
FROM seats
