-- Labels of the choices of facets.

-- name: named
SELECT id, label, label_lang, label_zh FROM records WHERE id IN (SELECT value FROM json_each(?))
