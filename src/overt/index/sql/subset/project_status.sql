-- The status of each project, as the explorer tells them apart.
SELECT coalesce(status, 'unknown') AS value, id FROM projects
