-- Projects that match a filter.

-- name: by_words
-- The numbers of all entries that match an FTS5 expression, as one string.
SELECT group_concat(rowid, ' ') AS numbers FROM search_around WHERE search_around MATCH ?
