SELECT name, title, title_zh, question, unit, counting_unit, measure, status, value::VARCHAR, "rows", headline, groups, variants,
    comparators, coalesce(sources, '[]'), coalesce(gaps, '[]'), definition, sql
FROM figures
ORDER BY name
