-- What the last snapshot that holds a record says of things that have names, with the published id of each.
WITH said AS (
    SELECT claim_id, record, type, source, property, value, lang, turn
    FROM ${claims}
    WHERE type IN ${types}
),
latest AS (SELECT record, source, max(turn) AS turn FROM said GROUP BY record, source)
SELECT DISTINCT claim_id, id, record, type, source, property, value, lang
FROM said
SEMI JOIN latest USING (record, source, turn)
JOIN alias_ids USING (record)
