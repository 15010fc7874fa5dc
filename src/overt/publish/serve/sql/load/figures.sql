-- A source that the release has, but this edition must leave out, is withheld; it is not one that was never loaded.
WITH left_out AS (SELECT coalesce(list(source), []) AS held FROM withheld),
missed AS (
    SELECT name, string_split(substr(status, length('source not loaded: ') + 1), ', ') AS sources, held
    FROM figures, left_out
    WHERE starts_with(status, 'source not loaded: ')
),
told AS (
    SELECT name, list_filter(sources, lambda s: list_contains(held, s)) AS kept_back, list_filter(sources, lambda s: NOT list_contains(held, s)) AS absent
    FROM missed
)
SELECT name, title, title_zh, question, unit, counting_unit, measure,
    coalesce(nullif(concat_ws('; ',
        CASE WHEN len(kept_back) > 0 THEN 'source withheld: ' || array_to_string(kept_back, ', ') END,
        CASE WHEN len(absent) > 0 THEN 'source not loaded: ' || array_to_string(absent, ', ') END), ''), status),
    value::VARCHAR, "rows", headline, groups, variants, comparators, definition, sql
FROM figures
LEFT JOIN told USING (name)
ORDER BY name
