-- What each record in `asked` is called; one that bears no name, by the names of the records that its shown values name.
WITH labels AS (
    SELECT id, label FROM new_records
    UNION ALL
    SELECT id, label FROM old_records ANTI JOIN new_records USING (id)
),
unnamed AS (SELECT id FROM labels SEMI JOIN asked USING (id) WHERE label IS NULL),
shown AS (
    SELECT id, property, value FROM new_values SEMI JOIN unnamed USING (id) WHERE shown
    UNION ALL
    SELECT id, property, value FROM (FROM old_values ANTI JOIN new_records USING (id)) SEMI JOIN unnamed USING (id) WHERE shown
),
parts AS (
    SELECT s.id, string_agg(l.label, ', ' ORDER BY s.property, l.label, l.id) AS label
    FROM shown AS s JOIN labels AS l ON l.id = s.value
    GROUP BY s.id
)
SELECT l.id, coalesce(l.label, p.label) AS name
FROM labels AS l
SEMI JOIN asked USING (id)
LEFT JOIN parts AS p USING (id)
WHERE coalesce(l.label, p.label) IS NOT NULL
ORDER BY ALL
