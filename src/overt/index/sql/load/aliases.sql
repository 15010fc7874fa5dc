SELECT DISTINCT "key", id, type FROM aliases ORDER BY "key", id
