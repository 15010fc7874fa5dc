-- Every kind of each project, those that its kinds are a kind of included.
WITH RECURSIVE wider AS (
    SELECT id, unnest(kind) AS kind FROM ${projects}
    UNION
    SELECT w.id, t.broader FROM wider AS w JOIN terms AS t ON t.vocabulary = 'project-kinds' AND t.id = w.kind WHERE t.broader IS NOT NULL
)
SELECT DISTINCT p.id, w.kind, list_contains(p.kind, w.kind) AS said
FROM wider AS w
JOIN ${projects} AS p USING (id)
ORDER BY ALL
