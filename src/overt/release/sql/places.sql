-- Which places are drawn.

-- name: superseded
-- Places known to a district or province whose every project has a site in the same country that is known exactly. The site is
-- drawn instead, because both are positions of one thing.
WITH pairs AS (
    SELECT id, country, "precision", unnest(project) AS project FROM ${places} WHERE geometry IS NOT NULL
),
exact AS (SELECT DISTINCT project, country FROM pairs WHERE "precision" = 'exact')
SELECT p.id
FROM pairs AS p
LEFT JOIN exact AS e ON e.project = p.project AND e.country IS NOT DISTINCT FROM p.country
WHERE p."precision" IN ('admin1', 'admin2')
GROUP BY p.id
HAVING count(*) = count(e.project)
