-- One row per project.
SELECT p.id AS unit_id, p.country, coalesce(p.kind, []) AS kind, coalesce(p.status, 'unknown') AS status
FROM projects AS p
