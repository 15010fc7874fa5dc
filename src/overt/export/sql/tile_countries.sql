-- Countries of projects, with how many projects each has.
SELECT h.code, a.label, count(DISTINCT h.id) AS projects
FROM (SELECT id, unnest(country) AS code FROM projects) AS h
JOIN areas AS a ON a.code = h.code
GROUP BY h.code, a.label
ORDER BY h.code
