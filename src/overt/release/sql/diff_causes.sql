-- What editors did between two releases: judged, took back, retracted, said. what, about, names, said, who, why
WITH called AS ( -- by what its source calls it, so that the two sides of a join stay two
    SELECT record, coalesce(min(value) FILTER (WHERE property = 'name'), min(value) FILTER (WHERE property = 'title')) AS name
    FROM (SELECT record, property, value FROM new_claims UNION ALL SELECT record, property, value FROM old_claims)
    GROUP BY record
),
judged AS (
    SELECT 'judged' AS what, j.verdict, j.left, j.right, j.who, j.why, j.sequence
    FROM new_judgements AS j ANTI JOIN old_judgements AS o USING (sequence)
    UNION ALL
    SELECT 'taken back', o.verdict, o.left, o.right, o.who, o.why, o.sequence
    FROM old_judgements AS o ANTI JOIN new_judgements AS j ON j.left = o.left AND j.right = o.right
),
claimed AS (
    SELECT claim_id, record, property || ': ' || value || coalesce(' ' || unit, '') AS said, source, standing FROM new_claims
    UNION ALL
    SELECT claim_id, record, property || ': ' || value || coalesce(' ' || unit, ''), source, standing
    FROM old_claims ANTI JOIN new_claims USING (claim_id)
),
retracted AS (
    SELECT 'retracted' AS what, coalesce(c.record, t.target) AS record, c.said, t.who, t.why, t.sequence
    FROM (FROM new_retractions ANTI JOIN old_retractions USING (sequence)) AS t
    LEFT JOIN claimed AS c ON c.claim_id = t.target
),
editorial AS (
    SELECT 'editorial claim' AS what, record, property || ': ' || value || coalesce(' ' || unit, '') AS said, claim_id
    FROM new_claims ANTI JOIN old_claims USING (claim_id)
    WHERE source = 'editorial' AND standing = 'current'
)
SELECT what, about, names, said, who, why FROM (
    SELECT 0 AS place, j.what, [j.left, j.right] AS about,
        [coalesce(l.name, j.left), coalesce(r.name, j.right)] AS names,
        j.verdict AS said, j.who, j.why, j.sequence, '' AS key
    FROM judged AS j
    LEFT JOIN called AS l ON l.record = j.left
    LEFT JOIN called AS r ON r.record = j.right
    UNION ALL
    SELECT 1, t.what, [t.record], [coalesce(c.name, t.record)], t.said, t.who, t.why, t.sequence, ''
    FROM retracted AS t LEFT JOIN called AS c USING (record)
    UNION ALL
    SELECT 2, e.what, [e.record], [coalesce(c.name, e.record)], e.said, NULL, NULL, 0, e.claim_id
    FROM editorial AS e LEFT JOIN called AS c USING (record)
)
ORDER BY place, sequence, what, key
