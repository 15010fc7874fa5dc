-- The number of countries that the loss of a single cable isolates, and the codes of up to five of them. Each country counts
-- with its newest year.
WITH newest AS (
    SELECT country, arg_max(cut, year) AS cut, arg_max(len(cables), year) AS cables
    FROM dependence_cuts
    WHERE NOT placed_only
    GROUP BY country
)
SELECT count(*) AS states, list(country ORDER BY country)[:5] AS some FROM newest WHERE cut = 1
