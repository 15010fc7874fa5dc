-- Each record with the sources that tell of it and the source records that it is made of.
WITH told AS (
    SELECT id, list(DISTINCT source ORDER BY source) AS sources FROM claims GROUP BY id
),
made AS (
    SELECT id, list(record ORDER BY record) AS members FROM members GROUP BY id
)
SELECT r.id, r.type, r.label, r.label_lang, r.reuse, coalesce(t.sources, []) AS sources, r.independent_sources, coalesce(m.members, []) AS members
FROM records AS r
LEFT JOIN told AS t USING (id)
LEFT JOIN made AS m USING (id)
ORDER BY r.id
