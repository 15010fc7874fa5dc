SELECT p.id, p.label, p.label_lang, p.label_zh, p.layer, p.kinds, p.countries, p.status, p.year, p.date, p.companies, p.company_count, p.sources, p.located
FROM projects AS p
WHERE p.id IN (SELECT value FROM json_each(?))
