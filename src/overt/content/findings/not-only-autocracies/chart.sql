SELECT label, label_zh, count(*) AS value
FROM base
JOIN (
    VALUES ('LD', 'Liberal democracies', '自由民主', 1), ('ED', 'Electoral democracies', '选举民主', 2),
        ('EA', 'Electoral autocracies', '选举专制', 3), ('CA', 'Closed autocracies', '封闭专制', 4)
) AS names (regime, label, label_zh, place) USING (regime)
WHERE bought
GROUP BY label, label_zh, place
ORDER BY place
