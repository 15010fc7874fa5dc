-- Money that is in no row of a country's dependence, since it is promised to projects of several countries: how many commitments, and how much.
SELECT count(*) AS n, coalesce(sum(m.amount), 0) AS amount
FROM commitments AS m
JOIN projects AS p ON p.id = m.project
WHERE m.unit = 'USD@2021' AND m.amount > 0 AND coalesce(m.status, 'unknown') <> 'cancelled'
    AND coalesce(p.status, 'unknown') NOT IN ('cancelled', 'denied')
    AND m.project IN (SELECT id FROM project_country WHERE country = ?)
    AND (SELECT count(*) FROM project_country AS o WHERE o.id = m.project) > 1
