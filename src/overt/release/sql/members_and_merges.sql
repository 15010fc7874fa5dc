-- Which source records were merged into which published records, with the reasons, the scores and the decisions of editors.

-- name: members
-- The source records of each published record.
SELECT record, type, id, source, first_position FROM members ORDER BY record;

-- name: redirects
-- Permanent redirects to the ids of clusters: from the id that a member would have on its own, if its cluster has another id,
-- and from the former id of a record that was renamed before this atlas had it (`renamed_records`).
SELECT DISTINCT own_id AS old_id, id FROM members WHERE own_id <> id
UNION
SELECT r.old_id, m.id FROM renamed_records AS r JOIN members AS m USING (record)
WHERE r.old_id NOT IN (SELECT own_id FROM all_members) AND r.old_id <> m.id
ORDER BY ALL;

-- name: joins
-- The pairs of joined records that are not withheld, with the reason and its key (see `Edge` in resolve/clusters.py).
SELECT "left", "right", reason, "key" FROM ${edges} AS e
SEMI JOIN members AS l ON l.record = e."left"
SEMI JOIN members AS r ON r.record = e."right"
ORDER BY ALL;

-- name: judgements
-- Judgements about records that are not withheld.
SELECT * FROM judgement_rows
WHERE "left" NOT IN (SELECT record FROM withheld_records) AND "right" NOT IN (SELECT record FROM withheld_records)
ORDER BY sequence;

-- name: retractions
-- Retractions of claims and records that are not withheld.
SELECT * FROM retraction_rows
WHERE target NOT IN (SELECT record FROM withheld_records) AND target NOT IN (SELECT claim_id FROM withheld_claims)
ORDER BY sequence;

-- name: scores
-- The scored pairs of records that are not withheld: the probability of a match, and whether the score alone can join them.
SELECT c."left", c."right", c.probability, c.same
FROM ${candidates} AS c
SEMI JOIN members AS l ON l.record = c."left"
SEMI JOIN members AS r ON r.record = c."right"
ORDER BY ALL;
