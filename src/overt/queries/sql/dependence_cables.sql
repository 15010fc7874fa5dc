SELECT d.*, s.label AS supplier_label, s.label_lang AS supplier_lang, s.label_zh AS supplier_zh, o.label AS owner_label, o.label_lang AS owner_lang,
    o.label_zh AS owner_zh
FROM dependence_cables AS d
LEFT JOIN records AS s ON s.id = d.supplier
LEFT JOIN records AS o ON o.id = d.owner
WHERE d.country = ?
ORDER BY d.standing_only
