SELECT r.type, r.id, i.series, i.country, (SELECT count(*) FROM claims AS o WHERE o.id = c.id) AS claims
FROM claims AS c
JOIN records AS r ON r.id = c.id
LEFT JOIN indicators AS i ON i.id = r.id AND r.type = 'indicator'
WHERE c.claim_id = ?
