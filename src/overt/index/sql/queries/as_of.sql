-- The contents of a release as of a date.

-- name: inside
-- The records that were in place in a period, certainly or possibly, with what does not begin and end. Left out: records that were
-- not in place; records all of whose projects, agreements or other wholes (`wholes`: type and property) were not, such as roles,
-- money and places; indicators of other years; totals that others reported; and documents that nothing else cites.
WITH gone AS (SELECT id FROM spans WHERE ${in_place} = 'not'),
parts_of_gone AS (
    SELECT c.id
    FROM (FROM claims SEMI JOIN wholes USING (type, property) WHERE standing = 'current') AS c
    LEFT JOIN gone AS g ON g.id = c.target
    GROUP BY c.id, c.property
    HAVING bool_and(g.id IS NOT NULL)
),
things AS (
    SELECT id FROM records
    WHERE type NOT IN ('document', 'reported_figure')
        AND id NOT IN (SELECT id FROM gone) AND id NOT IN (SELECT id FROM parts_of_gone)
        AND id NOT IN (SELECT id FROM indicators WHERE year NOT BETWEEN ${first_year} AND ${last_year})
),
cited AS (
    SELECT c.document AS record FROM claims AS c SEMI JOIN things USING (id)
    UNION SELECT e.document FROM cited_evidence AS e JOIN claims AS c USING (claim_id) SEMI JOIN things USING (id)
)
SELECT id FROM things
UNION SELECT m.id FROM members AS m SEMI JOIN cited USING (record)
UNION SELECT c.target FROM claims AS c SEMI JOIN things USING (id) WHERE c.target IN (SELECT id FROM documents)
ORDER BY id
