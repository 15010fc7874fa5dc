-- Figures with their counted rows, as `overt figures` prints them: the same rows as in the release's tables.

-- name: figures
SELECT name, title, question, value, unit, counting_unit, status, "rows", groups, variants, comparators, sources, gaps
FROM figures
WHERE :name IN ('', name)
ORDER BY headline DESC, name

-- name: names
SELECT name FROM figures ORDER BY name

-- name: rows
SELECT name, unit_id, amount, groups
FROM figure_rows
WHERE counted AND :name IN ('', name)
ORDER BY name, unit_id, groups

-- name: sensitivity
SELECT name, kind, item, title, "left", "right", probability, value, difference, note, gone, come
FROM figure_sensitivity
WHERE :name IN ('', name)
ORDER BY name, position
