-- Queries for the tables of a release as they would be without a source, the claims of one rule, or a merge.

-- name: affected
-- Records whose claims or ids change.
CREATE OR REPLACE TEMP TABLE affected AS
SELECT DISTINCT id, type FROM claims WHERE ${condition};

-- name: claims
-- The remaining claims, current and outweighed, of affected records, under their new ids, in the order of a release's claims.
SELECT c.claim_id, coalesce(r.id, c.id) AS id, c.source, c.snapshot, c.record, c.type, c.property, c.value, coalesce(t.id, c.target) AS target, c.unit,
    c.lang, c.basis, c.standing
FROM claims AS c
SEMI JOIN affected USING (id)
LEFT JOIN new_ids AS r ON r.record = c.record
LEFT JOIN new_ids AS t ON c.target IS NOT NULL AND t.record = c.value
WHERE ${remaining}
ORDER BY 2, c.property, coalesce(t.id, c.target, c.value), c.unit, c.claim_id;

-- name: merges
-- Pairs of records that only a score joined, least certain first. The key of a join is the rounded probability.
SELECT j."left", j."right", coalesce(s.probability, TRY_CAST(j."key" AS DOUBLE)) AS probability, m.id
FROM joins AS j
JOIN members AS m ON m.record = j."left"
LEFT JOIN scores AS s ON s."left" = j."left" AND s."right" = j."right"
WHERE j.reason = 'score' AND m.type IN (SELECT type FROM ${types})
ORDER BY probability, j."left", j."right";

-- name: members
-- The members of clusters with records that only a score joined.
SELECT record, id, first_position FROM members SEMI JOIN merged_ids USING (id) ORDER BY record;

-- name: joins
-- The pairs that connect the records of each cluster with a merge by score: those that formed the cluster, and those whose
-- score would have joined two records that were already in it.
WITH joined AS (
    SELECT j."left", j."right", m.id, j.reason = 'score' AS scored
    FROM joins AS j
    JOIN members AS m ON m.record = j."left"
    SEMI JOIN merged_ids AS c ON c.id = m.id
),
likely AS ( -- older releases have no column `same`
    SELECT s."left", s."right", l.id
    FROM (FROM scores UNION ALL BY NAME SELECT NULL::BOOLEAN AS same WHERE false) AS s
    JOIN members AS l ON l.record = s."left"
    JOIN members AS r ON r.record = s."right" AND r.id = l.id
    SEMI JOIN merged_ids AS c ON c.id = l.id
    WHERE s.same
)
SELECT "left", "right", id, scored FROM joined
UNION
SELECT "left", "right", id, true FROM likely ANTI JOIN joined USING ("left", "right")
ORDER BY ALL;
