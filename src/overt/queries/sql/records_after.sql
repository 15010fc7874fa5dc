SELECT id FROM records WHERE id > :after AND (:types IS NULL OR type IN (SELECT value FROM json_each(:types))) ORDER BY id LIMIT :limit
