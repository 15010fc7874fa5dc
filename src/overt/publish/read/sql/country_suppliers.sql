SELECT l.layer, k.organization AS id, o.label, o.label_lang, o.label_zh, count(DISTINCT k.id) AS projects, group_concat(DISTINCT k.role) AS roles
FROM project_country AS c
JOIN project_layer AS l ON l.id = c.id
JOIN project_company AS k ON k.id = c.id
JOIN companies AS o ON o.id = k.organization
WHERE c.country = :country AND k.role IN ('supplier', 'implementer', 'owner', 'operator', 'partner')
GROUP BY l.layer, k.organization
ORDER BY projects DESC, o.sort_label, k.organization
LIMIT :limit
