SELECT id, type, label, label_lang, label_zh, sources, independent_sources, members, reuse
FROM records
WHERE id IN (SELECT value FROM json_each(?))
