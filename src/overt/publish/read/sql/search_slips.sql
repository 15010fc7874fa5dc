SELECT w.word FROM search_slips AS s JOIN search_words AS w ON w.n = s.rowid WHERE search_slips MATCH :keys LIMIT :most
