-- Points gathered in squares of the map, layer by layer, so that a page does not grow with what is recorded. A mark stands at the
-- first point of its square: a bare column beside a single min() is that of the row with the least.
WITH point AS (
    SELECT s.n, coalesce(p.layer, 'presence') AS layer, s.precision IN ('admin1', 'admin2') AS soft, s.longitude, s.latitude, p.id, p.label,
        coalesce(p.label_zh, p.label) AS label_zh
    FROM places AS s
    JOIN place_project AS l ON l.n = s.n
    JOIN projects AS p ON p.id = l.project
    WHERE s.longitude IS NOT NULL AND ${box} AND ${where}
),
square AS (
    SELECT layer, soft, CAST((longitude + 180) / ? AS INTEGER) AS x, CAST((latitude + 90) / ? AS INTEGER) AS y, min(n) AS n, longitude, latitude
    FROM point
    GROUP BY 1, 2, 3, 4
),
extent AS (
    SELECT layer, soft, CAST((longitude + 180) / ? AS INTEGER) AS x, CAST((latitude + 90) / ? AS INTEGER) AS y,
        min(longitude) AS west, min(latitude) AS south, max(longitude) AS east, max(latitude) AS north,
        count(DISTINCT id) AS projects, min(id) AS id, min(label) AS label, max(label) AS other,
        min(label_zh) AS label_zh, max(label_zh) AS other_zh
    FROM point
    GROUP BY 1, 2, 3, 4
)
SELECT e.layer, e.soft, q.longitude, q.latitude, e.west, e.south, e.east, e.north, e.projects, e.id, e.label, e.other, e.label_zh, e.other_zh
FROM extent AS e
JOIN square AS q USING (layer, soft, x, y)
ORDER BY e.soft DESC, e.layer, e.x, e.y
