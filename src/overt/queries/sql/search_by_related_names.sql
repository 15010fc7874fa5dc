-- The entries that match words in their own names, or in the names of their organisations and places.

-- name: by_words
-- The numbers of all entries that match an FTS5 expression, as one string.
SELECT group_concat(rowid, ' ') AS numbers FROM search_around WHERE search_around MATCH ?
