SELECT h.id, h.position, h.what, h.source, h.record, h.type, h.property, h.before, h.after, h.reason, r.label, r.label_lang, r.label_zh,
    count(*) OVER () AS total
FROM history AS h
LEFT JOIN records AS r ON r.id = h.id
WHERE h.id IN (SELECT value FROM json_each(:ids))
    AND NOT (h.what = 'added' AND h.position IS :since) -- it, and what came with it
ORDER BY h.position DESC, h.property IS NOT NULL, h.what, h.type, h.record, h.property
LIMIT :limit
