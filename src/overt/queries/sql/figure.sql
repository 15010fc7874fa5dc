SELECT * FROM figures WHERE name = ?
