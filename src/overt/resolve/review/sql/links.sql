-- Records that name a wanted one, with the rest of what they say: short values as they are, records by their names.
WITH naming AS (SELECT DISTINCT c.record, c.type FROM ${claims} AS c WHERE c.value IN (SELECT record FROM wanted)),
said AS (
    SELECT c.record, c.type, c.property, c.value
    FROM ${claims} AS c
    SEMI JOIN naming USING (record)
    WHERE length(c.value) <= 200 AND c.value NOT IN (SELECT record FROM wanted)
),
named AS (
    SELECT c.record AS value, min(c.value) AS label
    FROM ${claims} AS c
    WHERE c.property IN ('name', 'title') AND c.record IN (SELECT value FROM said)
    GROUP BY c.record
)
SELECT n.record, n.type, coalesce(s.property, '') AS property, coalesce(s.value, '') AS value, l.label
FROM naming AS n
LEFT JOIN said AS s USING (record)
LEFT JOIN named AS l ON l.value = s.value
ORDER BY ALL
