-- The pairs that hold each of these clusters together: what joined it, and what a score would have joined that was one already.
WITH joined AS (
    SELECT j."left", j."right", m.id, j.reason = 'score' AS scored
    FROM joins AS j
    JOIN members AS m ON m.record = j."left"
    SEMI JOIN wanted_ids AS w ON w.id = m.id
),
likely AS ( -- a release did not always say which pairs are likely enough
    SELECT s."left", s."right", l.id
    FROM (FROM scores UNION ALL BY NAME SELECT NULL::BOOLEAN AS same WHERE false) AS s
    JOIN members AS l ON l.record = s."left"
    JOIN members AS r ON r.record = s."right" AND r.id = l.id
    SEMI JOIN wanted_ids AS w ON w.id = l.id
    WHERE s.same
)
SELECT "left", "right", id, scored FROM joined
UNION
SELECT "left", "right", id, true FROM likely ANTI JOIN joined USING ("left", "right")
ORDER BY ALL
