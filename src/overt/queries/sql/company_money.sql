SELECT m.unit, count(*) AS commitments, count(m.amount) AS stated, total(m.amount) AS amount, min(m.year) AS first_year, max(m.year) AS last_year,
    sum((SELECT count(*) FROM links AS o WHERE o.type = 'commitment' AND o.property = 'financier' AND o.id = m.id AND o.target <> l.target) > 0) AS joint
FROM links AS l
JOIN commitments AS m ON m.id = l.id
WHERE l.target = ? AND l.type = 'commitment' AND l.property = 'financier'
GROUP BY m.unit
ORDER BY amount DESC
