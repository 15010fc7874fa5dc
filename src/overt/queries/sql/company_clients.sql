-- For whom: who ordered, owns or runs what an organisation supplies or carries out.
SELECT o.id, o.label, o.label_lang, o.label_zh, o.country, count(DISTINCT k.id) AS projects, group_concat(DISTINCT c.role) AS roles
FROM (SELECT DISTINCT id FROM project_company WHERE organization = :id AND role IN ('supplier', 'implementer')) AS k
JOIN project_company AS c ON c.id = k.id AND c.organization <> :id AND c.role IN ('customer', 'owner', 'operator', 'recipient')
JOIN companies AS o ON o.id = c.organization
GROUP BY o.id
ORDER BY projects DESC, o.sort_label, o.id
