-- Organisations that a source says stand in a relation: they are two, whatever they are called. A renamed one is one.
SELECT DISTINCT f.value AS left_record, t.value AS right_record
FROM ${claims} AS f
JOIN ${claims} AS t USING (record)
JOIN ${claims} AS k USING (record)
WHERE f.type = 'relation' AND f.property = 'from' AND t.property = 'to' AND k.property = 'kind' AND k.value <> 'renamed' AND f.value <> t.value
ORDER BY ALL
