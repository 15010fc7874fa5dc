-- One row an organisation of a project, in the order and with the role that the row of the project has.
SELECT c.id AS project, c.organization AS id, r.label, r.label_lang, r.label_zh, c.role, min(coalesce(t.position, 1000)) AS position
FROM project_company AS c
JOIN records AS r ON r.id = c.organization
LEFT JOIN terms AS t ON t.vocabulary = 'roles' AND t.id = c.role
WHERE c.id IN (SELECT value FROM json_each(?))
GROUP BY c.id, c.organization
ORDER BY c.id, position, r.label, c.organization
