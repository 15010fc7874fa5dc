-- Things of a release whose records were several things in the release before it, and the other way round: told of each thing that
-- the newest release makes of those records, which may hold them apart or together again.
WITH pairs AS (
    SELECT o.id AS old_id, n.id AS new_id, m.id, min(n.type) AS type
    FROM ${old}_members AS o
    JOIN ${new}_members AS n ON n.record = o.record
    JOIN members AS m ON m.record = o.record
    GROUP BY ALL
),
    moves AS (
        SELECT p.old_id, p.new_id, coalesce(o.label, p.old_id) AS old_label, coalesce(n.label, p.new_id) AS new_label
        FROM (SELECT DISTINCT old_id, new_id FROM pairs) AS p
        LEFT JOIN ${old}_records AS o ON o.id = p.old_id
        LEFT JOIN ${new}_records AS n ON n.id = p.new_id
    ),
    merged AS (
        SELECT new_id, to_json(list({'value': old_label} ORDER BY old_label, old_id))::VARCHAR AS said
        FROM moves
        GROUP BY new_id
        HAVING count(*) > 1
    ),
    split AS (
        SELECT old_id, to_json(list({'value': new_label} ORDER BY new_label, new_id))::VARCHAR AS said
        FROM moves
        GROUP BY old_id
        HAVING count(*) > 1
    )
SELECT p.id, 'merged' AS what, NULL AS source, NULL AS record, min(p.type) AS type, NULL AS property, s.said AS before, NULL AS after,
    'who is who' AS reason
FROM merged AS s
JOIN pairs AS p ON p.new_id = s.new_id
GROUP BY p.id, s.new_id, s.said
UNION ALL
SELECT p.id, 'split', NULL, NULL, min(p.type), NULL, NULL, s.said, 'who is who'
FROM split AS s
JOIN pairs AS p ON p.old_id = s.old_id
GROUP BY p.id, s.old_id, s.said
ORDER BY ALL
