-- Every restriction in a country with the dates that are shown of it, as EDTF, and whether a source measured it.
SELECT l.id,
    (SELECT f.value FROM facts AS f WHERE f.id = l.id AND f.property = 'start' AND f.shown ORDER BY f.rank LIMIT 1) AS "start",
    (SELECT f.value FROM facts AS f WHERE f.id = l.id AND f.property = 'end' AND f.shown ORDER BY f.rank LIMIT 1) AS "end",
    EXISTS (SELECT 1 FROM facts AS f WHERE f.id = l.id AND f.source IN (SELECT source FROM observed_series)) AS measured
FROM (SELECT DISTINCT id FROM links WHERE target = ? AND type = 'restriction' AND property = 'country') AS l
ORDER BY l.id
