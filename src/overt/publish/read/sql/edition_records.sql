SELECT id, type FROM records ORDER BY type, id
