-- What can be found by a name: each with all the names it bears, and, for projects, what else a filter by words should find it by.
WITH names AS (
    SELECT v.id, list(DISTINCT v.value ORDER BY v.value) AS names
    FROM "values" AS v
    WHERE v.property IN ('name', 'alias', 'title', 'identifier')
    GROUP BY v.id
),
around AS (
    SELECT i.project AS id, list(DISTINCT n.name ORDER BY n.name) AS more
    FROM involved AS i
    JOIN (SELECT id, unnest(names) AS name FROM names) AS n ON n.id = i.organization
    GROUP BY i.project
),
placed AS (
    SELECT p.id, list(DISTINCT p.name ORDER BY p.name) AS more
    FROM (SELECT unnest(project) AS id, name FROM places WHERE name IS NOT NULL) AS p
    GROUP BY p.id
)
SELECT r.type, r.id, r.label, r.label_zh, n.names, list_concat(coalesce(a.more, []), coalesce(p.more, []))
FROM labelled AS r
JOIN names AS n USING (id)
LEFT JOIN around AS a ON r.type = 'project' AND a.id = r.id
LEFT JOIN placed AS p ON r.type = 'project' AND p.id = r.id
WHERE r.type IN ('organization', 'project', 'agreement', 'place', 'document')
ORDER BY list_position(['organization', 'agreement', 'project', 'place', 'document'], r.type), r.id
