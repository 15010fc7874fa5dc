-- The pairs that hold each of these clusters together.
SELECT j."left", j."right", m.id
FROM joins AS j
JOIN members AS m ON m.record = j."left"
SEMI JOIN wanted_ids AS w ON w.id = m.id
ORDER BY ALL
