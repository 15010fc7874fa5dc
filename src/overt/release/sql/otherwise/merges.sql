-- What two records were joined by the machine alone because of a score, the least sure first.
SELECT j."left", j."right", j."key", m.id
FROM joins AS j
JOIN members AS m ON m.record = j."left"
WHERE j.reason = 'score' AND m.type IN (SELECT type FROM ${types})
ORDER BY TRY_CAST(j."key" AS DOUBLE), j."left", j."right"
