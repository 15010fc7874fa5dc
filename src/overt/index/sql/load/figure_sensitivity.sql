SELECT name, row_number() OVER (PARTITION BY name ORDER BY kind, item), kind, item, title, "left", "right", probability, value::VARCHAR, difference::VARCHAR,
    note, to_json(gone)::VARCHAR, to_json(come)::VARCHAR
FROM figure_sensitivity
ORDER BY 1, 2
