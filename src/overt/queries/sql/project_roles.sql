-- Who has which part in projects: one row an organisation and part, by its name.
SELECT DISTINCT c.id AS project, c.role, c.organization AS id, r.label, r.label_lang, r.label_zh
FROM project_company AS c
JOIN records AS r ON r.id = c.organization
WHERE c.id IN (SELECT value FROM json_each(?))
ORDER BY c.id, c.role, r.label, c.organization
