-- Members of the sources that may be shown. A cluster whose anchor may not be shown takes the anchor of what is left, and its id with it.
SELECT m.record, m.type, coalesce(n.new_id, m.id) AS id, m.source, dense_rank() OVER (ORDER BY m.first_position) - 1 AS first_position
FROM all_members AS m
SEMI JOIN kept USING (source)
SEMI JOIN inside USING (id)
LEFT JOIN renamed AS n ON n.old_id = m.id
ORDER BY m.record
