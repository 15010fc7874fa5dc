SELECT year(start_from) AS year, count(*) AS value
FROM restrictions
WHERE country = 'CN' AND list_has_any(kind, ['blocking', 'withdrawal']) AND year(start_from) = year(start_to)
GROUP BY 1
ORDER BY 1
