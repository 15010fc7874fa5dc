SELECT reason, source, record, property, before, after FROM changes WHERE id = ? ORDER BY property, source, record LIMIT 200
