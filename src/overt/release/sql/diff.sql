-- what, id, type, label, property, before, after; values that are shown no more and those that are new; the source of what was
-- retracted; then why: sources, judgement, whether an editor's claim came or went, retraction; at last all values of what is new
WITH retracted AS (
    SELECT n.claim_id, n.id, n.type, n.property, n.value || coalesce(' ' || n.unit, '') AS value, n.source,
        coalesce(max_by('retracted by ' || t.who || ': ' || t.why, t.sequence), 'retracted by an editor') AS retraction
    FROM new_claims AS n
    JOIN old_claims AS o USING (claim_id)
    LEFT JOIN new_retractions AS t ON t.target IN (n.claim_id, n.record)
    WHERE n.standing = 'retracted' AND o.standing = 'current'
    GROUP BY ALL
),
taken AS (SELECT id, min(retraction) AS retraction FROM retracted GROUP BY id),
judgements AS (
    SELECT j.left, j.right, 'judged: ' || j.verdict || ' by ' || j.who || ': ' || j.why AS judgement
    FROM new_judgements AS j ANTI JOIN old_judgements AS o USING (sequence)
    UNION ALL
    SELECT o.left, o.right, 'taken back: ' || o.verdict || ' by ' || o.who || ': ' || o.why
    FROM old_judgements AS o ANTI JOIN new_judgements AS j ON j.left = o.left AND j.right = o.right
),
judged AS (
    SELECT m.id, min(j.judgement) AS judgement,
        min(j.judgement) FILTER (WHERE j.judgement[:12] = 'judged: same' OR j.judgement[:21] = 'taken back: different') AS joining,
        min(j.judgement) FILTER (WHERE j.judgement[:17] = 'judged: different' OR j.judgement[:16] = 'taken back: same') AS parting
    FROM judgements AS j
    JOIN new_members AS m ON m.record IN (j.left, j.right)
    GROUP BY m.id
),
edited AS (
    SELECT id FROM new_claims ANTI JOIN old_claims USING (claim_id) WHERE source = 'editorial'
    UNION
    SELECT id FROM old_claims ANTI JOIN new_claims USING (claim_id) WHERE source = 'editorial'
),
merged AS (
    SELECT DISTINCT o.id AS old_id, n.id AS new_id
    FROM old_members AS o JOIN new_members AS n USING (record)
    WHERE o.id <> n.id
),
old_gone AS (SELECT * FROM old_records ANTI JOIN new_records USING (id)),
new_come AS (SELECT * FROM new_records ANTI JOIN old_records USING (id)),
old_values_grouped AS (
    SELECT id, any_value(type) AS type, property, list(value || coalesce(' ' || unit, '') ORDER BY value, unit) AS values
    FROM old_values WHERE shown GROUP BY id, property
),
new_values_grouped AS (
    SELECT id, any_value(type) AS type, property, list(value || coalesce(' ' || unit, '') ORDER BY value, unit) AS values
    FROM new_values WHERE shown GROUP BY id, property
),
moved AS (
    SELECT id, property, source FROM old_claims ANTI JOIN new_claims USING (claim_id)
    UNION
    SELECT id, property, source FROM new_claims ANTI JOIN old_claims USING (claim_id)
),
sources AS ( -- of the claims that came or went: of the record, and of each property of it
    SELECT id, NULL AS property, list(DISTINCT source ORDER BY source) AS sources FROM moved GROUP BY id
    UNION ALL
    SELECT id, property, list(DISTINCT source ORDER BY source) FROM moved GROUP BY id, property
),
found AS (
    SELECT 'merged' AS what, m.old_id AS id, o.type, o.label, NULL AS property, m.old_id AS before, m.new_id AS after,
        NULL::VARCHAR[] AS old_values, NULL::VARCHAR[] AS new_values, NULL AS source, m.new_id AS judged_id, NULL AS retraction
    FROM merged AS m JOIN old_gone AS o ON o.id = m.old_id
    UNION ALL
    SELECT 'split', m.new_id, n.type, n.label, NULL, m.old_id, m.new_id, NULL, NULL, NULL, m.new_id, NULL
    FROM merged AS m JOIN new_come AS n ON n.id = m.new_id
    UNION ALL
    SELECT 'removed', o.id, o.type, o.label, NULL, o.label, NULL, NULL, NULL, NULL, o.id, t.retraction
    FROM old_gone AS o LEFT JOIN taken AS t USING (id) WHERE o.id NOT IN (SELECT old_id FROM merged)
    UNION ALL
    SELECT 'added', n.id, n.type, n.label, NULL, NULL, n.label, NULL, NULL, NULL, n.id, NULL
    FROM new_come AS n WHERE n.id NOT IN (SELECT new_id FROM merged)
    UNION ALL
    SELECT 'retracted', r.id, r.type, coalesce(n.label, o.label), r.property, r.value, array_to_string(g.values, '; '),
        h.values, g.values, r.source, r.id, r.retraction
    FROM retracted AS r
    LEFT JOIN new_records AS n USING (id)
    LEFT JOIN old_records AS o USING (id)
    LEFT JOIN old_values_grouped AS h ON h.id = r.id AND h.property = r.property
    LEFT JOIN new_values_grouped AS g ON g.id = r.id AND g.property = r.property
    UNION ALL
    SELECT 'changed', coalesce(o.id, n.id), coalesce(n.type, o.type), r.label, coalesce(o.property, n.property),
        array_to_string(o.values, '; '), array_to_string(n.values, '; '), o.values, n.values, NULL, coalesce(o.id, n.id), NULL
    FROM (SELECT * FROM old_values_grouped SEMI JOIN new_records USING (id)) AS o
    FULL JOIN (SELECT * FROM new_values_grouped SEMI JOIN old_records USING (id)) AS n ON o.id = n.id AND o.property = n.property
    LEFT JOIN new_records AS r ON r.id = coalesce(o.id, n.id)
    WHERE o.values IS DISTINCT FROM n.values
        AND NOT EXISTS (FROM retracted AS t WHERE t.id = coalesce(o.id, n.id) AND t.property = coalesce(o.property, n.property))
),
relabelled AS ( -- the name that a record is shown under may be a rival value of it: then no shown value tells of its change
    SELECT 'changed' AS what, n.id, n.type, n.label, 'label' AS property, o.label AS before, n.label AS after,
        [o.label] AS old_values, [n.label] AS new_values, NULL AS source, n.id AS judged_id, NULL AS retraction
    FROM old_records AS o JOIN new_records AS n USING (id)
    WHERE o.label IS DISTINCT FROM n.label AND NOT EXISTS (FROM found AS f WHERE f.id = n.id)
),
whole AS ( -- all that is shown of a record that was not there
    SELECT id, map_from_entries(list((property, values) ORDER BY property)) AS shown FROM new_values_grouped SEMI JOIN new_come USING (id) GROUP BY id
)
SELECT f.what, f.id, f.type, f.label, f.property, f.before, f.after,
    list_filter(coalesce(f.old_values, []), lambda value : NOT list_contains(coalesce(f.new_values, []), value)) AS gone,
    list_filter(coalesce(f.new_values, []), lambda value : NOT list_contains(coalesce(f.old_values, []), value)) AS come,
    f.source, s.sources,
    CASE f.what WHEN 'merged' THEN coalesce(j.joining, j.judgement) WHEN 'split' THEN coalesce(j.parting, j.judgement) ELSE j.judgement END AS judged,
    f.id IN (SELECT id FROM edited) AS edited, f.retraction, CASE WHEN f.what IN ('added', 'split') THEN w.shown END AS shown
FROM (FROM found UNION ALL FROM relabelled) AS f
LEFT JOIN whole AS w ON w.id = f.id
LEFT JOIN sources AS s ON s.id = f.id AND s.property IS NOT DISTINCT FROM f.property
LEFT JOIN judged AS j ON j.id = f.judged_id
ORDER BY f.what, f.id, f.property, f.before, f.after, f.source
