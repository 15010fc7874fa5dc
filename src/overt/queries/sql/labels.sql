-- Labels of terms, areas, regions and records, and the description of the release.

-- name: areas
SELECT code, label, label_zh, kind, part_of FROM areas ORDER BY label

-- name: meta
SELECT key, value FROM meta

-- name: records
SELECT id, label, label_lang, label_zh FROM records WHERE id IN (SELECT value FROM json_each(?))

-- name: regions
SELECT id, label, label_zh, kind, m49, definition, definition_zh, names, parts, documents FROM regions ORDER BY position

-- name: terms
SELECT vocabulary, id, label, label_zh, definition, broader, layer, sign, unit FROM terms ORDER BY vocabulary, position
