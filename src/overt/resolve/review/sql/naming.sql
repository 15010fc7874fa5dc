-- The first records that name one of these, and how many there are (SQLite).
SELECT record, min(type), count(*) OVER () AS total
FROM naming
WHERE target IN (SELECT value FROM json_each(?))
GROUP BY record
ORDER BY record
LIMIT ?
