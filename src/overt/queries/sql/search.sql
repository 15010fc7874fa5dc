-- The index of names.

-- name: count
SELECT count(*) AS entries FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)

-- name: entries
SELECT n, type, id, label, label_lang, label_zh, kind, countries, projects, year FROM entries WHERE n IN (SELECT value FROM json_each(?))

-- name: equal_names
SELECT n FROM search_whole WHERE name = ? ORDER BY n LIMIT ?

-- name: known
-- The given words that occur in names. The vocabulary table would count the entries with each word, but one entry is enough.
SELECT w.value AS term FROM json_each(?) AS w WHERE EXISTS (SELECT 1 FROM search WHERE search MATCH '"' || w.value || '"')

-- name: names
SELECT n, names, type = 'document' AS cited FROM entries WHERE n IN (SELECT value FROM json_each(?))

-- name: page
SELECT rowid AS n FROM search WHERE search MATCH ? LIMIT ?

-- name: slips
-- The most important words that share one of these keys with a typed word, in order of importance.
SELECT group_concat(word, ' ') AS words
FROM (SELECT w.word FROM search_slips AS s JOIN search_words AS w ON w.n = s.rowid WHERE search_slips MATCH :keys LIMIT :most)

-- name: terms
SELECT term FROM search_terms WHERE term >= ? AND term < ? LIMIT ?
