-- The points of a tile, those of one square as one; beside min(), bare columns are those of its row.
SELECT min(t.square) AS square, t.longitude, t.latitude, t.project, t.layer, t.precision, count(*) AS count,
    min(t.longitude) AS west, min(t.latitude) AS south, max(t.longitude) AS east, max(t.latitude) AS north
FROM place_square AS t
WHERE t.square BETWEEN ? AND ? AND ${found}
GROUP BY t.square >> ?
