SELECT d.*, r.label AS top_label, r.label_lang AS top_lang, r.label_zh AS top_zh
FROM dependence AS d
LEFT JOIN records AS r ON r.id = d.top
WHERE d.country = ?
ORDER BY d.sector, d.year, d.placed_only
