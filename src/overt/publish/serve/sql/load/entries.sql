-- What can be found by a name: each with all the names it bears, and, for projects, what else a filter by words should find it by.
-- Distinct first and lists after: a list of distinct values in order is many times slower.
WITH name AS (
    SELECT DISTINCT id, value FROM "values" WHERE property IN ('name', 'alias', 'title', 'identifier')
),
names AS (SELECT id, list(value ORDER BY value) AS names FROM name GROUP BY id),
around AS (
    SELECT DISTINCT i.project AS id, n.value FROM involved AS i JOIN name AS n ON n.id = i.organization
    UNION
    SELECT unnest(project) AS id, name FROM places WHERE name IS NOT NULL
),
more AS (SELECT id, list(value ORDER BY value) AS more FROM around GROUP BY id)
SELECT r.type, r.id, r.label, r.label_zh, n.names, coalesce(m.more, [])
FROM labelled AS r
JOIN names AS n USING (id)
LEFT JOIN more AS m USING (id)
WHERE r.type IN ('organization', 'project', 'agreement', 'place', 'document')
ORDER BY list_position(['organization', 'agreement', 'project', 'place', 'document'], r.type), r.id
