-- The points of a tile, those of one square as one, in the middle of them. Of one alone, min() is what it is itself.
SELECT (min(t.longitude) + max(t.longitude)) / 2 AS longitude, (min(t.latitude) + max(t.latitude)) / 2 AS latitude,
    min(t.project) AS project, min(t.layer) AS layer, min(t.precision) AS precision, min(t.radius) AS radius, count(*) AS count,
    min(t.longitude) AS west, min(t.latitude) AS south, max(t.longitude) AS east, max(t.latitude) AS north
FROM place_square AS t
WHERE t.square BETWEEN ? AND ? AND ${found}
GROUP BY t.square >> ?
