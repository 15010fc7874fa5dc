-- One row per commitment with an amount, in its own currency. A commitment that repeats an earlier one of the same project is
-- left out, unless a sensitivity check removes the earlier one or moves it to another project. `converted`: the amount in
-- dollars. Current dollars and those of 2021 are unchanged; dollars in prices of other years have no value. Other currencies
-- are converted at the mean rate of the year whose prices they are in, otherwise of the year of the agreement, and have no
-- value without such a year or rate.
SELECT c.id AS unit_id, c.amount, c.amount_unit AS currency,
    CASE WHEN c.amount_unit = 'USD@2021' OR c.amount_unit = 'USD' THEN c.amount
        WHEN c.amount_unit NOT LIKE 'USD@%' THEN CAST(c.amount * r.usd AS DECIMAL(38, 4)) END AS converted,
    if(year(c.agreed_from) = year(c.agreed_to), year(c.agreed_from), NULL) AS year, p.country, p.kind, coalesce(c.status, p.status, 'unknown') AS status,
    c.recommended_for_aggregates AS recommended, p.umbrella
FROM commitments AS c
LEFT JOIN projects AS p ON p.id = c.project
LEFT JOIN exchange_rates AS r ON r.currency = left(c.amount_unit, 3)
    AND r.year = coalesce(TRY_CAST(split_part(c.amount_unit, '@', 2) AS INTEGER), if(year(c.agreed_from) = year(c.agreed_to), year(c.agreed_from), NULL))
WHERE c.amount IS NOT NULL AND NOT EXISTS (
    FROM repeated_commitments AS o JOIN commitments AS e ON e.id = o.earlier WHERE o.id = c.id AND e.project = c.project
)
