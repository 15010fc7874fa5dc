-- Things of a release whose records were several things in the release before it, and the other way round.
WITH pairs AS (
    SELECT o.id AS old_id, n.id AS new_id, m.id, min(n.type) AS type
    FROM ${old}_members AS o
    JOIN ${new}_members AS n ON n.record = o.record
    JOIN members AS m ON m.record = o.record
    GROUP BY ALL
),
    named AS (
        SELECT p.*, coalesce(o.label, p.old_id) AS old_label, coalesce(n.label, p.new_id) AS new_label
        FROM pairs AS p
        LEFT JOIN ${old}_records AS o ON o.id = p.old_id
        LEFT JOIN ${new}_records AS n ON n.id = p.new_id
    )
SELECT id, 'merged' AS what, NULL AS source, NULL AS record, min(type) AS type, NULL AS property,
    to_json(list({'value': old_label} ORDER BY old_label, old_id))::VARCHAR AS before, NULL AS after, 'who is who' AS reason
FROM named
GROUP BY id, new_id
HAVING count(DISTINCT old_id) > 1
UNION ALL
SELECT p.id, 'split', NULL, NULL, min(p.type), NULL, NULL,
    to_json(list({'value': n.new_label} ORDER BY n.new_label, n.new_id))::VARCHAR, 'who is who'
FROM pairs AS p
JOIN named AS n ON n.old_id = p.old_id
GROUP BY p.id, p.old_id
HAVING count(DISTINCT n.new_id) > 1
ORDER BY ALL
