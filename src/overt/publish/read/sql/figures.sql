SELECT name, title, title_zh, question, unit, counting_unit, measure, status, value, rows, headline, groups, variants, comparators, definition
FROM figures
ORDER BY headline DESC, name
