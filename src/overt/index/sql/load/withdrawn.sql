-- Things that nothing is said of any more: taken back here, or gone from the newest snapshot of their source.
SELECT m.id, min(m.type), CASE WHEN bool_or(c.claim_id IS NOT NULL) THEN 'retracted' ELSE 'gone' END,
    string_agg(DISTINCT m.source, ', ' ORDER BY m.source), string_agg(DISTINCT coalesce(r.why, o.why), '; ' ORDER BY coalesce(r.why, o.why))
FROM members AS m
LEFT JOIN claims AS c ON c.record = m.record AND c.standing = 'retracted'
LEFT JOIN retractions AS r ON r.target = c.claim_id
LEFT JOIN retractions AS o ON o.target = m.record
WHERE m.id NOT IN (SELECT id FROM records)
GROUP BY m.id
ORDER BY m.id
