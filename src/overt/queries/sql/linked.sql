SELECT DISTINCT property, id FROM links WHERE target = :target AND type = :type ORDER BY property, id LIMIT :limit
