-- Which record is named by which, by the properties whose values are records.
SELECT value AS target, record, min(type) AS type
FROM ${claims}
WHERE (type, property) IN (${naming})
GROUP BY value, record
ORDER BY value, record
