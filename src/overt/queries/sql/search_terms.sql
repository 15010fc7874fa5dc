SELECT term FROM search_terms WHERE term >= ? AND term < ? LIMIT ?
