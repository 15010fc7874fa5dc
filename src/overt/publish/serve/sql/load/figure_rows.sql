SELECT name, counted, row_number() OVER (PARTITION BY name, counted ORDER BY amount DESC NULLS LAST, unit_id, groups), unit_id, amount::VARCHAR,
    to_json(variants)::VARCHAR, groups
FROM figure_rows
ORDER BY 1, 2, 3
