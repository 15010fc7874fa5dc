-- One row an organisation: in how many projects it has any part, and in how many countries.
WITH held AS (SELECT DISTINCT organization AS id, project FROM involved),
    counted AS (SELECT id, count(*) AS projects FROM held GROUP BY id),
    spread AS (
        SELECT h.id, count(DISTINCT c.country) AS countries
        FROM held AS h
        JOIN (SELECT id, unnest(country) AS country FROM projects) AS c ON c.id = h.project
        GROUP BY h.id
    ),
    listed AS (SELECT organization AS id, count(*) AS listings FROM listings GROUP BY organization)
SELECT o.id, r.label, r.label_lang, r.label_zh, r.label, o.kind, o.country, coalesce(p.projects, 0), coalesce(s.countries, 0), coalesce(l.listings, 0), r.sources
FROM organizations AS o
JOIN labelled AS r USING (id)
LEFT JOIN counted AS p USING (id)
LEFT JOIN spread AS s USING (id)
LEFT JOIN listed AS l USING (id)
ORDER BY o.id
