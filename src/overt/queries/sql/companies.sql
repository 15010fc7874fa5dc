SELECT c.id, c.label, c.label_lang, c.label_zh, c.kind, c.country, c.projects, c.countries, c.listings, c.sources
FROM companies AS c
WHERE ${where}
ORDER BY ${order}
LIMIT ? OFFSET ?
