WITH newest AS (
    SELECT country, arg_max(cut, year) AS cut, arg_max(len(cables), year) AS cables
    FROM dependence_cuts
    WHERE NOT placed_only
    GROUP BY country
)
SELECT country, 1 AS value FROM newest WHERE cut = 1 ORDER BY country
