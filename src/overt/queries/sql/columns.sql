SELECT p.id, p.label, p.label_lang, p.label_zh, p.layer, p.countries, p.status, p.year, p.sources, p.independent_sources, p.first_year, p.last_year
FROM projects AS p
ORDER BY p.sort_label, p.id
