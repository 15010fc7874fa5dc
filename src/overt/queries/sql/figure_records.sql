SELECT m.record, r.id, r.type, r.label, r.label_lang, r.label_zh
FROM json_each(?) AS n
JOIN members AS m ON m.record = n.value
JOIN records AS r ON r.id = m.id
