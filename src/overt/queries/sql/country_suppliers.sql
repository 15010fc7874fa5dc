-- Who supplies or carries out some projects.
SELECT DISTINCT k.id AS project, o.id, o.label, o.label_lang, o.label_zh, o.sort_label
FROM project_company AS k
JOIN companies AS o ON o.id = k.organization
WHERE k.id IN (SELECT value FROM json_each(?)) AND k.role IN ('supplier', 'implementer')
ORDER BY o.sort_label, o.id
