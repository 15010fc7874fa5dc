-- Each place of a project: its name, its point where it has one, and how exactly it is known.
WITH belongs AS (SELECT record, value AS project FROM project_said WHERE type = 'place' AND property = 'project'),
told AS (
    SELECT
        record,
        min(value) FILTER (property = 'name') AS name,
        min(value) FILTER (property = 'geometry' AND value LIKE 'POINT (%') AS point,
        min(value) FILTER (property = 'precision') AS precision
    FROM project_said
    WHERE type = 'place'
    GROUP BY record
)
SELECT DISTINCT
    project,
    coalesce(name, '') AS name,
    try_cast(regexp_extract(point, '\((-?[0-9.eE+-]+) ', 1) AS DOUBLE) AS longitude,
    try_cast(regexp_extract(point, ' (-?[0-9.eE+-]+)\)', 1) AS DOUBLE) AS latitude,
    coalesce(precision, 'unlocated') AS precision
FROM told
JOIN belongs USING (record)
WHERE coalesce(precision, 'unlocated') NOT IN ('country', 'schematic')
ORDER BY ALL
