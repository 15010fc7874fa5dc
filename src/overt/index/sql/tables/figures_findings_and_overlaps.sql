-- Figures, findings, and overlaps of sources.

-- name: figures
SELECT name, title, title_zh, question, unit, counting_unit, measure, status, value::VARCHAR, "rows", headline, groups, variants,
    comparators, coalesce(sources, '[]'), coalesce(gaps, '[]'), definition, sql
FROM figures
ORDER BY name

-- name: figure_rows
-- Pages show rows in this order: the largest amount first, rows without an amount last, and equal amounts by name.
SELECT f.name, f.counted,
    row_number() OVER (PARTITION BY f.name, f.counted ORDER BY f.amount DESC NULLS LAST, lower(r.label), f.unit_id, f.groups),
    f.unit_id, f.amount::VARCHAR, to_json(f.variants)::VARCHAR, f.groups
FROM figure_rows AS f
LEFT JOIN labelled AS r ON r.id = f.unit_id
ORDER BY 1, 2, 3

-- name: figure_sensitivity
SELECT name, row_number() OVER (PARTITION BY name ORDER BY kind, item), kind, item, title, "left", "right", probability, value::VARCHAR, difference::VARCHAR,
    note, to_json(gone)::VARCHAR, to_json(come)::VARCHAR
FROM figure_sensitivity
ORDER BY 1, 2

-- name: findings
SELECT name, rank, status, reason, headline, headline_zh, text, text_zh, caveat, caveat_zh, would_change, would_change_zh, "check", "values", chart,
    definition, sql, chart_sql, coalesce(missing, '[]')
FROM findings
ORDER BY name

-- name: overlaps
SELECT unit, cut, part, to_json(sources)::VARCHAR, things FROM "overlaps" ORDER BY ALL

-- name: overlap_answers
SELECT unit, cut, part, things, sources, lists, verdict, reasons, notes, low, high, estimates FROM overlap_answers ORDER BY ALL
