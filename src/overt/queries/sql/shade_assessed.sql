-- How many of the kinds asked for the index of a year says of each country.
SELECT country AS code, count(DISTINCT kind) AS kinds
FROM assessments
WHERE year = :year AND (:kinds = '[]' OR kind IN (SELECT value FROM json_each(:kinds)))
GROUP BY country
ORDER BY country
