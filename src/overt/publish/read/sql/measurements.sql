SELECT * FROM measurements WHERE domain = ? AND country = ? ORDER BY rowid LIMIT ?
