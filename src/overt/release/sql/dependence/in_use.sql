-- Each submarine cable that is or was in use, with the countries that it lands in and the years of its use, as far as they are known; then the
-- same of those whose first year is known alone, in the countries in which a place of theirs is known to a province or better.
WITH cable AS (
    SELECT id, country, year(coalesce(operational_from, completed_from)) AS first, year(coalesce(operational_to, completed_to)) AS first_at_latest,
        year(ended_to) AS last
    FROM projects
    WHERE id IN (SELECT id FROM project_kinds WHERE kind = 'submarine-cable')
        AND (status IN ('operational', 'completed') OR (status = 'decommissioned' AND ended_to IS NOT NULL))
),
placed AS (
    SELECT DISTINCT unnest(project) AS id, country
    FROM places
    WHERE "precision" IN ('exact', 'locality', 'admin2', 'admin1')
)
SELECT id, list_sort(list_distinct(country)) AS countries, first, last, false AS placed_only
FROM cable
WHERE country IS NOT NULL
UNION ALL
SELECT c.id, list(p.country ORDER BY p.country), c.first, c.last, true
FROM cable AS c
JOIN placed AS p ON p.id = c.id AND list_contains(c.country, p.country)
WHERE c.first = c.first_at_latest
GROUP BY c.id, c.first, c.last
ORDER BY placed_only, id
