WITH series AS (
    SELECT days, days_from, days_to FROM observed_series WHERE source = 'gfw_report_daily' AND series = 'national'
),
listed AS (
    SELECT platform, max(listed) AS listed
    FROM (
        SELECT d.platform, o.domain, sum(o.measurements) AS listed
        FROM platform_domains AS d
        JOIN observations AS o ON o.domain = d.domain AND o.source = 'gfw_report_daily' AND o.series = 'national'
        GROUP BY d.platform, o.domain
    )
    GROUP BY platform
)
SELECT t.label, t.label_zh, l.listed::BIGINT AS value, s.days
FROM listed AS l
JOIN terms AS t ON t.id = l.platform AND t.vocabulary = 'platforms'
CROSS JOIN series AS s
WHERE l.platform IN ('youtube', 'whatsapp', 'wikipedia', 'bbc', 'google', 'x')
ORDER BY value DESC, t.label
