-- Who supplies and who owns or runs the submarine cables that land in a country.
SELECT DISTINCT k.id AS project, k.role IN ('supplier', 'implementer') AS supplies, o.id, o.label, o.label_lang, o.label_zh, o.sort_label
FROM project_country AS c
JOIN project_kind AS s ON s.id = c.id AND s.kind = 'submarine-cable'
JOIN project_company AS k ON k.id = c.id
JOIN companies AS o ON o.id = k.organization
WHERE c.country = ? AND k.role IN ('supplier', 'implementer', 'owner', 'operator')
ORDER BY o.sort_label, o.id
