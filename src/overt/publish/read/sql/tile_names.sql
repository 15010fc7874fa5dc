SELECT id, label FROM projects ORDER BY id
