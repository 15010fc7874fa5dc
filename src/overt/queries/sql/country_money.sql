SELECT m.unit, m.year, count(*) AS commitments, count(m.amount) AS stated, total(m.amount) AS amount,
    total(CASE WHEN m.status = 'cancelled' THEN m.amount END) AS cancelled,
    sum((SELECT count(*) FROM project_country AS o WHERE o.id = m.project) > 1) AS shared
FROM project_country AS c
JOIN commitments AS m ON m.project = c.id
WHERE c.country = ?
GROUP BY m.unit, m.year
ORDER BY m.unit, m.year
