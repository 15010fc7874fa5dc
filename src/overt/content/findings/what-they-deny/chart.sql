SELECT t.label, t.label_zh, count(DISTINCT d.project) AS value
FROM (SELECT project, unnest(concerns) AS concern FROM base WHERE kind = 'denial') AS d
JOIN terms AS t ON t.id = d.concern AND t.vocabulary = 'statement-parts'
GROUP BY t.label, t.label_zh
ORDER BY value DESC, t.label
