-- Findings as the release stored them.

-- name: all
SELECT name, rank, status, reason, headline, headline_zh, text, text_zh, caveat, caveat_zh, would_change, would_change_zh, "check" AS address,
    "values" AS numbers, chart, definition, sql, chart_sql
FROM findings
ORDER BY rank, name

-- name: by_name
SELECT name, rank, status, reason, headline, headline_zh, text, text_zh, caveat, caveat_zh, would_change, would_change_zh, "check" AS address,
    "values" AS numbers, chart, definition, sql, chart_sql
FROM findings
WHERE name = ?
