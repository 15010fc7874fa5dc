-- Organisations, with the numbers of their projects, countries and official lists.

-- name: companies
-- Organisations with the number of their projects, of the countries of these projects, and of the lists that name them.
WITH parts AS (SELECT DISTINCT organization AS id, project FROM involved),
    counted AS (SELECT id, count(*) AS projects FROM parts GROUP BY id),
    spread AS (
        SELECT p.id, count(DISTINCT c.country) AS countries
        FROM parts AS p
        JOIN project_countries AS c ON c.id = p.project
        GROUP BY p.id
    ),
    listed AS ( -- the number of lists that name an organisation on the release's day
        SELECT l.organization AS id, count(DISTINCT l.list) AS listings
        FROM listings AS l
        JOIN phases AS p ON p.id = l.id AND p.phase = 'current'
        GROUP BY l.organization
    )
SELECT o.id, r.label, r.label_lang, r.label_zh, r.label, o.kind, o.country, coalesce(p.projects, 0), coalesce(s.countries, 0), coalesce(l.listings, 0), r.sources
FROM organizations AS o
JOIN labelled AS r USING (id)
LEFT JOIN counted AS p USING (id)
LEFT JOIN spread AS s USING (id)
LEFT JOIN listed AS l USING (id)
ORDER BY o.id
