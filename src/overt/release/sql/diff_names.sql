-- What each record in `asked` is and was called; one that bears no name, by the names of the records that its shown values name.
WITH new_parts AS (
    SELECT v.id, string_agg(l.label, ', ' ORDER BY v.property, l.label, l.id) AS name
    FROM (FROM new_values SEMI JOIN asked USING (id) WHERE shown) AS v JOIN new_records AS l ON l.id = v.value
    GROUP BY v.id
),
old_parts AS (
    SELECT v.id, string_agg(l.label, ', ' ORDER BY v.property, l.label, l.id) AS name
    FROM (FROM old_values SEMI JOIN asked USING (id) WHERE shown) AS v JOIN old_records AS l ON l.id = v.value
    GROUP BY v.id
),
new_names AS (
    SELECT id, coalesce(r.label, p.name) AS name
    FROM (FROM new_records SEMI JOIN asked USING (id)) AS r LEFT JOIN new_parts AS p USING (id)
    WHERE coalesce(r.label, p.name) IS NOT NULL
),
old_names AS (
    SELECT id, coalesce(r.label, p.name) AS name
    FROM (FROM old_records SEMI JOIN asked USING (id)) AS r LEFT JOIN old_parts AS p USING (id)
    WHERE coalesce(r.label, p.name) IS NOT NULL
)
SELECT id, n.name, o.name AS was
FROM new_names AS n FULL JOIN old_names AS o USING (id)
ORDER BY ALL
