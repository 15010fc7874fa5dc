-- What can join or part records of the types that merge, as the last snapshot that holds the record says it. An alias that is said to
-- have ended is a former name too.
WITH said AS (
    SELECT record, type, source, property, value, valid_to, turn
    FROM ${claims}
    WHERE type IN ('organization', 'document', 'project') ${standing}
),
latest AS (SELECT record, source, max(turn) AS turn FROM said GROUP BY record, source),
standing AS (FROM said SEMI JOIN latest USING (record, source, turn))
SELECT record, type, property, value
FROM standing
WHERE (type = 'organization' AND property IN ('name', 'alias', 'identifier', 'country'))
   OR (type = 'document' AND property = 'url')
   OR (type = 'project' AND property = 'identifier')
UNION
SELECT record, type, 'former', value
FROM standing
WHERE type = 'organization' AND property = 'alias' AND valid_to IS NOT NULL
ORDER BY record, property, value
