-- Of each source in each group: its countries and the first and last year of its things, where they are known.
SELECT g.unit, g.cut, g.part, t.source, list(DISTINCT c.country ORDER BY c.country) FILTER (c.country IS NOT NULL) AS countries,
    min(y.year) AS first, max(y.year) AS last
FROM overlap_groups AS g
JOIN overlap_told AS t USING (unit, id)
LEFT JOIN overlap_country AS c USING (unit, id)
LEFT JOIN overlap_year AS y USING (unit, id)
GROUP BY ALL
ORDER BY ALL
