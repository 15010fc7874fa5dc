-- The contents of a release as of a date.

-- name: inside
-- The records that were certainly or possibly in place in a period, together with records that don't begin and end. These
-- records are left out:
-- - records that were not in place
-- - records that refer to projects, agreements or other records of which none was in place, such as roles, money and places
--   (`required_references`: record type and property)
-- - indicators of other years
-- - totals reported by others
-- - documents that no remaining record cites
WITH not_in_place AS (SELECT id FROM spans WHERE ${in_place} = 'not'),
parts_not_in_place AS (
    SELECT c.id
    FROM (FROM claims SEMI JOIN required_references USING (type, property) WHERE standing = 'current') AS c
    LEFT JOIN not_in_place AS n ON n.id = c.target
    GROUP BY c.id, c.property
    HAVING bool_and(n.id IS NOT NULL)
),
in_place_records AS (
    SELECT id FROM records
    WHERE type NOT IN ('document', 'reported_figure')
        AND id NOT IN (SELECT id FROM not_in_place) AND id NOT IN (SELECT id FROM parts_not_in_place)
        AND id NOT IN (SELECT id FROM indicators WHERE year NOT BETWEEN ${first_year} AND ${last_year})
),
cited AS (
    SELECT c.document AS record FROM claims AS c SEMI JOIN in_place_records USING (id)
    UNION SELECT e.document FROM cited_evidence AS e JOIN claims AS c USING (claim_id) SEMI JOIN in_place_records USING (id)
)
SELECT id FROM in_place_records
UNION SELECT m.id FROM members AS m SEMI JOIN cited USING (record)
UNION SELECT c.target FROM claims AS c SEMI JOIN in_place_records USING (id) WHERE c.target IN (SELECT id FROM documents)
ORDER BY id
