-- `located`: whether the project has a place in that country that can be drawn.
WITH held AS (SELECT DISTINCT id, unnest(country) AS country FROM projects),
    located AS (SELECT DISTINCT id, country FROM placed)
SELECT h.country, h.id, l.id IS NOT NULL
FROM held AS h
LEFT JOIN located AS l ON l.id = h.id AND l.country = h.country
ORDER BY h.country, h.id
