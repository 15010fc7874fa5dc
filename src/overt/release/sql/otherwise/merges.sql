-- What two records were joined by the machine alone because of a score, the least sure first; the key of a join has its probability only rounded.
SELECT j."left", j."right", coalesce(s.probability, TRY_CAST(j."key" AS DOUBLE)) AS probability, m.id
FROM joins AS j
JOIN members AS m ON m.record = j."left"
LEFT JOIN scores AS s ON s."left" = j."left" AND s."right" = j."right"
WHERE j.reason = 'score' AND m.type IN (SELECT type FROM ${types})
ORDER BY probability, j."left", j."right"
