-- Every relation between two organisations that stands, and the record that states it.
WITH said AS (
    SELECT record, source, property, value, turn
    FROM ${claims}
    WHERE type = 'relation' AND property IN ('from', 'to', 'kind') ${standing}
),
latest AS (SELECT record, source, max(turn) AS turn FROM said GROUP BY record, source),
held AS (SELECT record, property, value FROM said SEMI JOIN latest USING (record, source, turn))
SELECT DISTINCT f.value AS from_record, k.value AS kind, t.value AS to_record, record
FROM held AS f
JOIN held AS t USING (record)
JOIN held AS k USING (record)
WHERE f.property = 'from' AND t.property = 'to' AND k.property = 'kind' AND f.value <> t.value
ORDER BY ALL
