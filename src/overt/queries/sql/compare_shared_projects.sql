SELECT p.id, p.label, p.label_lang, p.label_zh
FROM project_company AS k
JOIN projects AS p ON p.id = k.id
WHERE :by = 'company' AND k.organization IN (SELECT value FROM json_each(:chosen))
GROUP BY p.id
HAVING count(DISTINCT k.organization) = :n
UNION ALL
SELECT p.id, p.label, p.label_lang, p.label_zh
FROM project_country AS c
JOIN projects AS p ON p.id = c.id
WHERE :by = 'country' AND c.country IN (SELECT value FROM json_each(:chosen))
GROUP BY p.id
HAVING count(DISTINCT c.country) = :n
ORDER BY 2, 1
LIMIT :limit
