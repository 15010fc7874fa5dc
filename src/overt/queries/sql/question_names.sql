-- Names of projects, laws, agreements and programmes that may be in a question.

-- name: beginnings
-- All names of up to 100 projects that have a name beginning with a certain word, most important first: FTS5 returns rows in the
-- order of their numbers. `:words`: an expression of `fts_expressions.first_word`.
SELECT e.names FROM search AS s JOIN entries AS e ON e.n = s.rowid WHERE search MATCH :words AND e.type = 'project' LIMIT 100

-- name: project_words
-- All names of up to 20 projects that have a name containing a string. `:word`: the string.
SELECT names FROM entries WHERE type = 'project' AND names LIKE '%' || :word || '%' LIMIT 20

-- name: titled
-- The names of up to `:most` records of certain types, most important first (the lowest `n`), with the countries of each.
-- `:types`: a JSON list.
SELECT e.type, e.id, e.label, e.names,
    (SELECT json_group_array(value) FROM facts WHERE id = e.id AND property IN ('party-country', 'country') AND shown) AS countries
FROM entries AS e
WHERE e.type IN (SELECT value FROM json_each(:types))
ORDER BY e.n
LIMIT :most
