SELECT id FROM (
    SELECT id, 0 AS nearness FROM members WHERE id = ?
    UNION ALL SELECT id, 1 FROM redirects WHERE old_id = ?
    UNION ALL SELECT id, 2 FROM members WHERE record = ?
)
ORDER BY nearness
LIMIT 1
