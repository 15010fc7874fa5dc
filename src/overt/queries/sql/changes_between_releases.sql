-- Changes to records, and values of figures, from release to release, and the changes in the newest snapshots.

-- name: change_count
SELECT count(*) AS changes FROM changes

-- name: changes
SELECT c.id, r.label, r.label_lang, r.label_zh, c.reason, c.source, c.record, c.type, c.property, c.before, c.after FROM changes AS c LEFT JOIN records AS r ON r.id = c.id ORDER BY c.reason, c.source, c.record, c.property LIMIT ?

-- name: figures
SELECT name, position, status, value, unit, rows, definition FROM figure_history WHERE (:name IS NULL OR name = :name) ORDER BY name, position

-- name: record
SELECT h.id, h.position, h.what, h.source, h.record, h.type, h.property, h.before, h.after, h.reason, r.label, r.label_lang, r.label_zh,
    count(*) OVER () AS total
FROM history AS h
LEFT JOIN records AS r ON r.id = h.id
WHERE h.id IN (SELECT value FROM json_each(:ids))
    -- Additions of the record itself, and of parts that were added with it, are left out.
    AND NOT (h.what = 'added' AND h.position IS :since)
ORDER BY h.position DESC, h.property IS NOT NULL, h.what, h.type, h.record, h.property
LIMIT :limit

-- name: record_first_seen
SELECT min(position) AS position FROM history WHERE id = ? AND what = 'added'

-- name: release
SELECT h.id, h.position, h.what, h.source, h.record, h.type, h.property, h.before, h.after, h.reason, r.label, r.label_lang, r.label_zh
FROM history AS h
LEFT JOIN records AS r ON r.id = h.id
WHERE h.position = ?
ORDER BY CASE h.what WHEN 'merged' THEN 0 WHEN 'split' THEN 1 WHEN 'changed' THEN 2 WHEN 'joined' THEN 3 WHEN 'left' THEN 4 WHEN 'removed' THEN 5 ELSE 6 END, h.type, r.label, h.id, h.property, h.record
LIMIT ?

-- name: release_counts
SELECT what, type, reason, source, count(*) AS changes
FROM history WHERE position = ?
GROUP BY what, type, reason, source
ORDER BY CASE what WHEN 'merged' THEN 0 WHEN 'split' THEN 1 WHEN 'changed' THEN 2 WHEN 'joined' THEN 3 WHEN 'left' THEN 4 WHEN 'removed' THEN 5 ELSE 6 END, changes DESC, type, source

-- name: stages
SELECT position, release, date, note, moved AS changed_inputs FROM stages ORDER BY position
