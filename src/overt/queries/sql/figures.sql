SELECT name, title, title_zh, question, unit, counting_unit, measure, status, value, rows, headline, groups, variants, comparators, sources, gaps, definition
FROM figures
ORDER BY headline DESC, name
