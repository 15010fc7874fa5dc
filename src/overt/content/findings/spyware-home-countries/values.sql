-- The home country whose suppliers' spyware is documented in the most countries, and the next one (ties are in order of code);
-- the number of countries with any documented spyware; and the numbers of suppliers, of those with a known home country, and of
-- home countries.
WITH ranked AS (
    SELECT country, count(DISTINCT reached) AS countries, row_number() OVER (ORDER BY count(DISTINCT reached) DESC, country) AS place
    FROM base
    WHERE country IS NOT NULL
    GROUP BY country
)
SELECT (SELECT count(DISTINCT id) FROM base) AS vendors, (SELECT count(DISTINCT id) FROM base WHERE country IS NOT NULL) AS known,
    (SELECT count(*) FROM ranked) AS seats, (SELECT count(DISTINCT reached) FROM base) AS all_reached,
    first.country AS leader, first.countries AS reached, after.country AS second, after.countries AS of_second
FROM (FROM ranked WHERE place = 1) AS first
JOIN (FROM ranked WHERE place = 2) AS after ON true
