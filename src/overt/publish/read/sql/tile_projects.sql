SELECT id, label, label_zh, kinds, countries, year FROM projects WHERE id IN (SELECT value FROM json_each(?))
