-- What bears the query as a whole name comes first, then what bears a name that begins so; among them, what is
-- looked for more often: organisations before documents, and those with many projects before those with none.
WITH hit AS (SELECT rowid AS n, rank FROM search WHERE search MATCH :words LIMIT :most),
    scored AS (
        SELECT h.n, h.rank - 2 * e.weight - 0.2 * min(coalesce(c.projects, 0), 20)
            - CASE WHEN instr(e.folded, '|' || :folded || '|') THEN 12 WHEN instr(e.folded, '|' || :folded) THEN 6 ELSE 0 END AS score
        FROM hit AS h
        JOIN entries AS e ON e.n = h.n
        LEFT JOIN companies AS c ON e.type = 'organization' AND c.id = e.id
    )
SELECT e.type, e.id, e.label, e.label_zh, e.detail, c.projects, c.country, c.kind, p.countries, p.year, count(*) OVER () AS held
FROM scored AS s
JOIN entries AS e ON e.n = s.n
LEFT JOIN companies AS c ON e.type = 'organization' AND c.id = e.id
LEFT JOIN projects AS p ON e.type = 'project' AND p.id = e.id
ORDER BY s.score, e.label, e.n
LIMIT :size OFFSET :offset
