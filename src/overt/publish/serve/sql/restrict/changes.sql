SELECT c.reason, c.source, m.id, c.record, c.type, c.property, c."before", c."after"
FROM all_changes AS c
SEMI JOIN kept USING (source)
JOIN members AS m USING (record)
ORDER BY ALL
