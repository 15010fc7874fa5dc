-- The home country whose suppliers' spyware is documented in the most countries (if there are several, the first by code), and
-- the next; in how many countries any is documented; the numbers of suppliers, of those whose home country is
-- known, and of these countries.
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
