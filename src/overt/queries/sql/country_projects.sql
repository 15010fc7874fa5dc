SELECT p.id, p.label, p.label_lang, p.label_zh, p.layer, p.kinds, p.countries, p.status, p.year, p.date, p.companies, p.company_count, p.sources, p.located
FROM projects AS p
WHERE ${where}
ORDER BY p.year IS NULL, p.year DESC, p.sort_label, p.id
LIMIT ? OFFSET ?
