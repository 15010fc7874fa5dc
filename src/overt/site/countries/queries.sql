-- The list of countries: documented systems, kinds of surveillance that indexes report, and agreements and laws.

-- name: systems
-- The number of documented systems in each country by layer, and in both layers together (rows with an empty layer). Scanners
-- of goods or baggage don't count as surveillance.
WITH system AS (
    SELECT DISTINCT c.country, t.layer, c.id
    FROM project_country AS c
    JOIN documented_systems AS d ON d.id = c.id
    JOIN project_kind AS k ON k.id = c.id AND k.said AND k.kind <> 'security-inspection'
    JOIN terms AS t ON t.vocabulary = 'project-kinds' AND t.id = k.kind AND t.layer IN ('surveillance', 'censorship')
)
SELECT country, layer, count(*) AS systems FROM system GROUP BY country, layer
UNION ALL
SELECT country, '', count(DISTINCT id) FROM system GROUP BY country

-- name: indexed
-- The number of kinds of surveillance that indexes report for each country, in the year of its newest assessment.
SELECT a.country, count(DISTINCT a.kind) AS kinds
FROM assessments AS a
JOIN terms AS t ON t.vocabulary = 'project-kinds' AND t.id = a.kind AND t.layer = 'surveillance'
WHERE a.year = (SELECT max(b.year) FROM assessments AS b WHERE b.country = a.country)
GROUP BY a.country

-- name: laws
-- The number of agreements of each country, and how many of them are laws. Parameter: a JSON list of the kinds that are laws.
SELECT l.target AS country, count(DISTINCT l.id) AS agreements,
    count(DISTINCT CASE WHEN f.value IN (SELECT value FROM json_each(?)) THEN l.id END) AS laws
FROM links AS l
LEFT JOIN facts AS f ON f.id = l.id AND f.property = 'kind' AND f.shown
WHERE l.type = 'agreement' AND l.property = 'party-country'
GROUP BY l.target
