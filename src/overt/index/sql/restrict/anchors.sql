-- Clusters of which a part may not be shown, each with the first archived of the members that may.
SELECT m.id, min_by(m.record, (m.first_position, m.record)) FILTER (WHERE k.source IS NOT NULL) AS anchor
FROM all_members AS m
LEFT JOIN kept AS k USING (source)
GROUP BY m.id
HAVING bool_or(k.source IS NULL) AND bool_or(k.source IS NOT NULL)
ORDER BY m.id
