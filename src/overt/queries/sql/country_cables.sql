SELECT p.id, p.label, p.label_lang, p.label_zh, p.layer, p.date, p.year, p.status, p.sources
FROM project_country AS c
JOIN project_kind AS k ON k.id = c.id AND k.kind = 'submarine-cable'
JOIN projects AS p ON p.id = c.id
WHERE c.country = ?
ORDER BY p.year IS NULL, p.year DESC, p.sort_label, p.id
