SELECT k.organization AS id, o.label, o.label_lang, o.label_zh, count(DISTINCT k.id) AS projects
FROM project_country AS c
JOIN project_company AS k ON k.id = c.id
JOIN records AS o ON o.id = k.organization
WHERE c.country IN (SELECT value FROM json_each(:chosen))
GROUP BY k.organization
HAVING count(DISTINCT c.country) = :n
ORDER BY projects DESC, o.label, k.organization
LIMIT :limit
