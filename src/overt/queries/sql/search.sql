-- The index of names. The most important entries have the lowest numbers, and FTS5 returns rows in the order of their numbers.

-- name: count
-- The number of entries that match an FTS5 expression, counted up to a limit.
SELECT count(*) AS entries FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)

-- name: entries
SELECT n, type, id, label, label_lang, label_zh, kind, countries, projects, year FROM entries WHERE n IN (SELECT value FROM json_each(?))

-- name: equal_names
-- The most important entries with a name whose sound, without spaces, has this hash.
SELECT n FROM search_whole WHERE name = ? ORDER BY n LIMIT ?

-- name: known
-- The given words that occur in names. The vocabulary table would count the entries with each word, but one entry is enough.
SELECT w.value AS term FROM json_each(?) AS w WHERE EXISTS (SELECT 1 FROM search WHERE search MATCH '"' || w.value || '"')

-- name: names
SELECT n, names, type = 'document' AS cited FROM entries WHERE n IN (SELECT value FROM json_each(?))

-- name: page
-- The most important entries that match an FTS5 expression, in order of importance.
SELECT rowid AS n FROM search WHERE search MATCH ? LIMIT ?

-- name: slips
-- The most important words that share a key with a typed word, in order of importance, as one string with spaces between them;
-- null for none. `:keys`: the keys, joined by OR.
SELECT group_concat(word, ' ') AS words
FROM (SELECT w.word FROM search_slips AS s JOIN search_words AS w ON w.n = s.rowid WHERE search_slips MATCH :keys LIMIT :most)

-- name: terms
-- The first words of the index in a range, such as those with a certain beginning.
SELECT term FROM search_terms WHERE term >= ? AND term < ? LIMIT ?
