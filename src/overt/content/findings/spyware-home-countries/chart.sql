SELECT coalesce(a.label, b.country) AS label, coalesce(a.label_zh, b.country) AS label_zh, count(DISTINCT b.reached) AS value
FROM base AS b
LEFT JOIN areas AS a ON a.code = b.country
WHERE b.country IS NOT NULL
GROUP BY b.country, a.label, a.label_zh
HAVING count(DISTINCT b.reached) > 0
ORDER BY value DESC, b.country
LIMIT 20
