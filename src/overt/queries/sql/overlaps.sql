-- Overlaps of sources, as stored in a release.

-- name: all
SELECT unit, cut, part, sources, things FROM overlaps ORDER BY unit, cut, part, things DESC, sources

-- name: answers
SELECT * FROM overlap_answers ORDER BY unit, cut, part
