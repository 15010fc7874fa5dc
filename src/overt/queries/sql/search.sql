SELECT rowid AS n FROM search WHERE search MATCH ? LIMIT ?
