-- The number of blocks in China with a known start, how many of them have an end, and the year of the earliest start.
SELECT count(*) AS dated, count(*) FILTER (WHERE end_from IS NOT NULL) AS lifted, min(year(start_from)) AS "first"
FROM restrictions
WHERE country = 'CN' AND list_contains(kind, 'blocking') AND start_from IS NOT NULL
