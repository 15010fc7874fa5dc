-- As pages list them: the largest amounts first, what is only counted by name.
SELECT f.name, f.counted,
    row_number() OVER (PARTITION BY f.name, f.counted ORDER BY f.amount DESC NULLS LAST, lower(r.label), f.unit_id, f.groups),
    f.unit_id, f.amount::VARCHAR, to_json(f.variants)::VARCHAR, f.groups
FROM figure_rows AS f
LEFT JOIN labelled AS r ON r.id = f.unit_id
ORDER BY 1, 2, 3
