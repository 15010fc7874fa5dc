-- Places that maps leave out because they draw exact sites of the same projects.

-- name: behind_sites
-- Places known only to a district or province, if each of their projects has an exactly known site in the same country. Maps
-- draw the site instead, because both show where the project is.
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
