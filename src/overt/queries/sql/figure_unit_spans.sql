-- The units that figures count, and when these were in place.

-- name: units
-- The counted units of a figure with their spans. A unit of a type that doesn't begin and end has no span. A denied, cancelled
-- or unverified project has not `begun`. `first_year` is the year of the unit's first date: for a project, the year that lists
-- show; for other units, the year of the beginning.
SELECT DISTINCT f.unit_id AS id, s.id IS NOT NULL AS lasts, s.begun AND s.counts AS begun,
    s.begin_earliest, s.begin_latest, s.end_earliest, s.end_latest,
    CASE WHEN p.id IS NULL THEN CAST(substr(coalesce(s.begin_earliest, s.begin_latest), 1, 4) AS INTEGER) ELSE p.year END AS first_year
FROM figure_rows AS f
LEFT JOIN spans AS s ON s.id = f.unit_id
LEFT JOIN projects AS p ON p.id = f.unit_id
WHERE f.name = :name AND f.counted
ORDER BY f.unit_id
