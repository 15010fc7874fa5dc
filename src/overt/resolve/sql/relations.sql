-- Organisations that the last snapshot of a source says stand in a relation: they are two, whatever they are called. A renamed
-- one is one.
WITH said AS (
    SELECT record, source, property, value, turn
    FROM ${claims}
    WHERE type = 'relation' AND property IN ('from', 'to', 'kind') ${standing}
),
latest AS (SELECT record, source, max(turn) AS turn FROM said GROUP BY record, source),
held AS (SELECT record, property, value FROM said SEMI JOIN latest USING (record, source, turn))
SELECT DISTINCT f.value AS left_record, t.value AS right_record
FROM held AS f
JOIN held AS t USING (record)
JOIN held AS k USING (record)
WHERE f.property = 'from' AND t.property = 'to' AND k.property = 'kind' AND k.value <> 'renamed' AND f.value <> t.value
ORDER BY ALL
