-- The first and the last id of each so many rows of a table, in order.
SELECT min(id) AS first, max(id) AS last
FROM (SELECT id, (row_number() OVER (ORDER BY id) - 1) // ${size} AS slice FROM "${table}" WHERE ${test})
GROUP BY slice ORDER BY slice
