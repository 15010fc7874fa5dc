SELECT c.id, c.project, c.amount::DOUBLE, c.amount::VARCHAR, c.amount_unit, c.flow_type, year(coalesce(c.agreed_from, c.agreed_to)),
    coalesce(c.status, p.status), c.recommended_for_aggregates
FROM commitments AS c
LEFT JOIN projects AS p ON p.id = c.project
ORDER BY c.id
