-- Promised money, and which commitments repeat earlier ones.

-- name: commitments
-- `counted`: whether sums include the commitment. `unit_rank`: the order of units in lists, because amounts in different units
-- can't be compared. Constant US dollars, the unit of the largest dataset, come first, then current US dollars, then other
-- currencies, then amounts without a unit.
SELECT c.id, c.project, c.amount::DOUBLE, c.amount::VARCHAR, c.amount_unit, c.flow_type, year(coalesce(c.agreed_from, c.agreed_to)),
    coalesce(c.status, p.status), c.recommended_for_aggregates, c.id NOT IN (SELECT id FROM repeated_commitments),
    CASE WHEN c.amount_unit LIKE 'USD@%' THEN 0 WHEN c.amount_unit = 'USD' THEN 1 WHEN c.amount_unit IS NOT NULL THEN 2 ELSE 3 END
FROM commitments AS c
LEFT JOIN projects AS p ON p.id = c.project
ORDER BY c.id

-- name: repeated_commitments
SELECT id, earlier, same FROM repeated_commitments ORDER BY ALL
