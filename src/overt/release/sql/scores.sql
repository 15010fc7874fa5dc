-- How likely two records are one thing, of every pair that was scored, whether or not the machine joined the two; and whether it may by that alone.
SELECT c."left", c."right", c.probability, c.same
FROM ${candidates} AS c
SEMI JOIN members AS l ON l.record = c."left"
SEMI JOIN members AS r ON r.record = c."right"
ORDER BY ALL
