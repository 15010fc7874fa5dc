-- Labels for the choices of facets.

-- name: labels
SELECT id, label, label_lang, label_zh FROM records WHERE id IN (SELECT value FROM json_each(?))
