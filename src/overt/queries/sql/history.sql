SELECT reason, source, record, type, property, before, after FROM changes WHERE id = ? ORDER BY property, source, record LIMIT 200
