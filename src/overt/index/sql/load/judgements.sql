SELECT j.sequence, j.at, j.why, j.verdict, j."left", j."right", l.id, r.id
FROM judgements AS j
JOIN members AS l ON l.record = j."left"
JOIN members AS r ON r.record = j."right"
ORDER BY j.sequence
