-- How many values, shown and rival, the records that a file has bear, by type and property.
SELECT v.type, v.property, count(*) FILTER (v.shown) AS shown, count(*) FILTER (NOT v.shown) AS rival
FROM "values" AS v SEMI JOIN ${table} AS w ON w.id = v.id
GROUP BY ALL ORDER BY ALL
