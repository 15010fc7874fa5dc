-- One row a commitment with an amount in constant dollars of 2021.
SELECT c.id AS unit_id, c.amount, if(year(c.agreed_from) = year(c.agreed_to), year(c.agreed_from), NULL) AS year, p.kind, coalesce(c.status, p.status, 'unknown') AS status,
    c.recommended_for_aggregates AS recommended, p.umbrella
FROM commitments AS c
LEFT JOIN projects AS p ON p.id = c.project
WHERE c.amount IS NOT NULL AND c.amount_unit = 'USD@2021'
