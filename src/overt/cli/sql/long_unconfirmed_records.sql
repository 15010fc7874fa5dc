-- Records, except roles, that no source has confirmed for a long time, for `overt status --unconfirmed` (DuckDB).

-- name: records
SELECT s.id, s.type, r.label, s.confirmed::VARCHAR AS confirmed, s.planned, s.planned_as_of, s.status, s.status_as_of
FROM spans AS s
JOIN records AS r USING (id)
WHERE s.stale AND s.type <> 'role'
ORDER BY coalesce(s.confirmed::VARCHAR, s.planned_as_of, s.status_as_of), s.id
