SELECT * FROM sources WHERE source = ?
