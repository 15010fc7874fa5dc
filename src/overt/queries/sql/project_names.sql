SELECT id, label, label_zh FROM projects WHERE id IN (SELECT value FROM json_each(?))
