-- The impact of each pair of records in a release:
-- - the number of figure rows that involve either record
-- - the number of figures with such rows
-- - the number of records that refer to either record
-- A figure row involves a record if it counts that record, a record that refers to it (a commitment and its financier), or a
-- record that appears beside it (a project and the supplier in one of its roles).
WITH pairs AS (
    SELECT a.left_record, a.right_record, l.id AS left_id, r.id AS right_id
    FROM question_pairs AS a
    LEFT JOIN members AS l ON l.record = a.left_record
    LEFT JOIN members AS r ON r.record = a.right_record
),
things AS (SELECT DISTINCT unnest([left_id, right_id]) AS id FROM pairs),
named AS (SELECT DISTINCT v.id AS thing, v.value AS target FROM "values" AS v JOIN records AS r ON r.id = v.value WHERE v.id <> v.value),
naming AS (SELECT n.target AS id, n.thing FROM named AS n SEMI JOIN things AS t ON t.id = n.target),
beside AS (
    SELECT t.id, t.id AS unit_id FROM things AS t
    UNION SELECT n.id, n.thing FROM naming AS n
    UNION SELECT n.id, o.target FROM naming AS n JOIN named AS o USING (thing)
),
counted AS (SELECT DISTINCT name, unit_id FROM figure_rows WHERE counted),
parts AS (SELECT b.id, c.name, c.unit_id FROM beside AS b JOIN counted AS c USING (unit_id)),
sizes AS (SELECT id, count(*) AS row_count, list(DISTINCT name) AS figures FROM parts GROUP BY id),
links AS (SELECT id, count(*) AS link_count FROM naming GROUP BY id),
apart AS (SELECT DISTINCT left_id, right_id FROM pairs WHERE left_id <> right_id),
shared AS (
    SELECT a.left_id, a.right_id, count(*) AS row_count
    FROM apart AS a
    JOIN parts AS l ON l.id = a.left_id
    JOIN parts AS r ON r.id = a.right_id AND r.name = l.name AND r.unit_id = l.unit_id
    GROUP BY a.left_id, a.right_id
),
shared_links AS (
    SELECT a.left_id, a.right_id, count(*) AS link_count
    FROM apart AS a
    JOIN naming AS l ON l.id = a.left_id
    JOIN naming AS r ON r.id = a.right_id AND r.thing = l.thing
    GROUP BY a.left_id, a.right_id
)
SELECT p.left_record, p.right_record,
    CASE WHEN p.left_id = p.right_id THEN coalesce(l.row_count, 0)
        ELSE coalesce(l.row_count, 0) + coalesce(r.row_count, 0) - coalesce(s.row_count, 0) END AS row_count,
    len(list_distinct(list_concat(coalesce(l.figures, []), coalesce(r.figures, [])))) AS figures,
    CASE WHEN p.left_id = p.right_id THEN coalesce(ll.link_count, 0)
        ELSE coalesce(ll.link_count, 0) + coalesce(rl.link_count, 0) - coalesce(sl.link_count, 0) END AS links
FROM pairs AS p
LEFT JOIN sizes AS l ON l.id = p.left_id
LEFT JOIN sizes AS r ON r.id = p.right_id
LEFT JOIN links AS ll ON ll.id = p.left_id
LEFT JOIN links AS rl ON rl.id = p.right_id
LEFT JOIN shared AS s ON s.left_id = p.left_id AND s.right_id = p.right_id
LEFT JOIN shared_links AS sl ON sl.left_id = p.left_id AND sl.right_id = p.right_id
ORDER BY p.left_record, p.right_record
