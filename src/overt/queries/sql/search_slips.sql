-- The most important of the words that share a key, in that order.
SELECT group_concat(word, ' ') AS words
FROM (SELECT w.word FROM search_slips AS s JOIN search_words AS w ON w.n = s.rowid WHERE search_slips MATCH :keys LIMIT :most)
