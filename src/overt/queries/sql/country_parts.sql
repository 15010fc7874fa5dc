-- Who has which part in how many projects of which layer; who only orders, receives or guarantees is left out.
SELECT l.layer, CASE WHEN k.role IN ('supplier', 'implementer') THEN 'supplied' WHEN k.role IN ('owner', 'operator') THEN 'held'
        WHEN k.role = 'financier' THEN 'financed' ELSE 'joined' END AS part,
    k.organization AS id, o.label, o.label_lang, o.label_zh, count(DISTINCT k.id) AS projects
FROM project_country AS c
JOIN project_layer AS l ON l.id = c.id
JOIN project_company AS k ON k.id = c.id
JOIN companies AS o ON o.id = k.organization
WHERE c.country = ? AND k.role IN ('supplier', 'implementer', 'owner', 'operator', 'financier', 'partner')
GROUP BY l.layer, part, k.organization
ORDER BY projects DESC, o.sort_label, k.organization
