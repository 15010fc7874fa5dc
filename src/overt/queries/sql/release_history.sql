SELECT h.id, h.position, h.what, h.source, h.record, h.type, h.property, h.before, h.after, h.reason, r.label, r.label_lang, r.label_zh
FROM history AS h
LEFT JOIN records AS r ON r.id = h.id
WHERE h.position = ?
ORDER BY CASE h.what WHEN 'merged' THEN 0 WHEN 'split' THEN 1 WHEN 'changed' THEN 2 WHEN 'told' THEN 3 WHEN 'left' THEN 4 WHEN 'removed' THEN 5 ELSE 6 END, h.type, r.label, h.id, h.property, h.record
LIMIT ?
