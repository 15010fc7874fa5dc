-- Sources, their rules and the files that were captured.

-- name: all
SELECT * FROM sources ORDER BY own, title

-- name: by_slug
SELECT * FROM sources WHERE source = ?

-- name: capture_count
SELECT count(*) FROM captures WHERE source = ?

-- name: captures
SELECT sha256, role, name, address, retrieved, licence, bytes FROM captures WHERE source = :source ORDER BY sha256 <> :file, role, name LIMIT 200

-- name: not_tried
-- The sources that have this note in the sensitivity of any figure. The note says why they were not tried.
SELECT DISTINCT item AS source FROM figure_sensitivity WHERE kind = 'source' AND note = ? ORDER BY 1

-- name: rules
SELECT rule, meaning FROM rules WHERE source = ? ORDER BY rule
