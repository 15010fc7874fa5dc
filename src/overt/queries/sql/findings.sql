-- Findings, as stored in the release.

-- name: all
SELECT name, rank, status, reason, headline, headline_zh, text, text_zh, caveat, caveat_zh, would_change, would_change_zh, "check" AS address,
    "values" AS numbers, chart, definition, sql, chart_sql, missing
FROM findings
ORDER BY rank, name

-- name: missing_sources
-- Lists of the sources that a finding needs and the release lacks (JSON).
SELECT DISTINCT missing FROM findings WHERE missing IS NOT NULL ORDER BY missing

-- name: changes
-- Findings that hold in only one of two releases, or whose headline or text differs.
SELECT coalesce(a.name, b.name) AS name, b.headline AS before, a.headline AS after, b.text AS text_before, a.reason
FROM (SELECT * FROM finding_history WHERE position = :new) AS a
FULL JOIN (SELECT * FROM finding_history WHERE position = :old) AS b ON b.name = a.name
WHERE a.headline IS NOT b.headline OR a.text IS NOT b.text
ORDER BY 1
