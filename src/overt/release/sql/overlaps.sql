-- How many things of each group exactly these sources tell of.
SELECT g.unit, g.cut, g.part, t.sources, count(*) AS things
FROM overlap_groups AS g
JOIN overlap_things AS t USING (unit, id)
GROUP BY ALL
ORDER BY ALL
