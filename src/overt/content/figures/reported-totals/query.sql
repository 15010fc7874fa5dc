-- One row per reported total.
SELECT f.id AS unit_id, f.measure, f.reported_by, f.origin
FROM reported_figures AS f
