-- What can join or part records of the types that merge, as the last snapshot that holds the record says it.
WITH said AS (
    SELECT record, type, source, property, value, turn
    FROM ${claims}
    WHERE type IN ('organization', 'document', 'project') ${standing}
),
latest AS (SELECT record, source, max(turn) AS turn FROM said GROUP BY record, source)
SELECT DISTINCT record, type, property, value
FROM said
SEMI JOIN latest USING (record, source, turn)
WHERE (type = 'organization' AND property IN ('name', 'alias', 'identifier', 'country'))
   OR (type = 'document' AND property = 'url')
   OR (type = 'project' AND property = 'identifier')
ORDER BY record, property, value
