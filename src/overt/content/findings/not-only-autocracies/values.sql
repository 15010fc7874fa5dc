-- How many countries have a documented system, how many of them V-Dem rates, and how many of those are democracies; the number
-- of all rated countries and the share of democracies among them; the unrated countries with a system; the year of the ratings.
SELECT count(*) FILTER (WHERE bought) AS countries,
    count(*) FILTER (WHERE bought AND regime IS NOT NULL) AS rated,
    count(*) FILTER (WHERE bought AND regime IN ('ED', 'LD')) AS democracies,
    count(*) FILTER (WHERE bought AND regime IN ('ED', 'LD')) / nullif(count(*) FILTER (WHERE bought AND regime IS NOT NULL), 0)
        AS part,
    count(regime) AS all_rated,
    count(*) FILTER (WHERE regime IN ('ED', 'LD')) / nullif(count(regime), 0) AS all_part,
    coalesce(list(country ORDER BY country) FILTER (WHERE bought AND regime IS NULL), []) AS unrated,
    (SELECT max(year) FROM indicators WHERE series = 'vdem-regime') AS rating_year
FROM base
