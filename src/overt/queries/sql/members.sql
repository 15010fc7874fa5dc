SELECT record, source, current FROM members WHERE id = ? ORDER BY record LIMIT 200
