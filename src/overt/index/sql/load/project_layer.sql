SELECT DISTINCT t.layer, k.id
FROM project_kinds AS k
JOIN term_order AS t ON t.vocabulary = 'project-kinds' AND t.id = k.kind
WHERE t.layer IS NOT NULL
ORDER BY ALL
