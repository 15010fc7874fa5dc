SELECT n FROM search_whole WHERE name = ? ORDER BY n LIMIT ?
