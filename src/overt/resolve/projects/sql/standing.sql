-- What the last snapshot that holds a record says of projects, of who takes part in them, of their places and their money.
CREATE OR REPLACE TEMP TABLE project_said AS
WITH said AS (
    SELECT record, type, source, property, value, unit, turn
    FROM ${claims}
    WHERE type IN ('project', 'role', 'place', 'commitment', 'organization')
),
latest AS (SELECT record, source, max(turn) AS turn FROM said GROUP BY record, source)
SELECT DISTINCT record, type, split_part(record, ':', 1) AS source, property, value, unit
FROM said
SEMI JOIN latest USING (record, source, turn)
