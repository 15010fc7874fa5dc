-- Suppliers of spyware by the country of their seat. If several countries have the most, the last of them by code is the leader.
WITH seats AS (SELECT country, count(*) AS firms FROM base WHERE country IS NOT NULL GROUP BY country)
SELECT (SELECT count(*) FROM base) AS vendors, (SELECT count(*) FROM base WHERE country IS NOT NULL) AS known, count(*) AS seats,
    arg_max(country, (firms, country)) AS leader, max(firms) AS of_leader
FROM seats
