-- The reported totals that figures are compared with, and the records behind a figure's units.

-- name: comparators
-- The totals that others reported for a measure, each with its document and the place in it.
SELECT f.id, f.measure, f.value, f.value_unit AS unit, f.bound, f.as_of, f.scope, f.reported_by, f.cited_for, f.place_in_document,
    d.id AS document, d.title, d.url, d.published
FROM reported_figures AS f
LEFT JOIN (
    SELECT c.id, min(m.id) AS document
    FROM claims_out AS c
    JOIN members AS m ON m.record = c.document
    WHERE c.type = 'reported_figure' AND c.property = 'value' AND c.standing = 'current'
    GROUP BY c.id
) AS cited USING (id)
LEFT JOIN documents AS d ON d.id = cited.document
WHERE f.measure = ${measure}
ORDER BY f.as_of DESC NULLS LAST, f.id;

-- name: records_of_units
-- Each unit with records from the given sources, and the number of these records. If a kind is given, only records of this or a
-- narrower kind count.
WITH RECURSIVE kinds AS (
    SELECT ${kind} AS kind
    UNION
    SELECT t.id FROM kinds AS w JOIN terms AS t ON t.vocabulary = 'project-kinds' AND t.broader = w.kind
)
SELECT m.id, count(*)
FROM members AS m
WHERE m.source IN ${sources} AND m.id IN (SELECT unnest(?::VARCHAR[])) AND (${kind} IS NULL OR m.record IN (
        SELECT record FROM claims WHERE standing = 'current' AND property = 'kind' AND value IN (SELECT kind FROM kinds)
    ))
GROUP BY m.id;
