SELECT t.id, t.layer, count(k.id) AS projects
FROM terms AS t
JOIN project_kind AS k ON k.kind = t.id
WHERE t.vocabulary = 'project-kinds'
GROUP BY t.id
ORDER BY t.position
