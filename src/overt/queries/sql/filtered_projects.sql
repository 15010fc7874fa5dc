-- Projects that match a filter.

-- name: by_words
SELECT group_concat(rowid, ' ') AS numbers FROM search_around WHERE search_around MATCH ?
