SELECT u.value AS id, coalesce(r.type, CASE WHEN m.id IS NOT NULL THEN 'commitment' END) AS type, coalesce(r.label, p.label) AS label,
    coalesce(r.label_lang, p.label_lang) AS label_lang, coalesce(r.label_zh, p.label_zh) AS label_zh, a.code AS country
FROM json_each(?) AS u
LEFT JOIN records AS r ON r.id = u.value
LEFT JOIN areas AS a ON a.code = u.value
LEFT JOIN commitments AS m ON m.id = u.value
LEFT JOIN projects AS p ON p.id = m.project
