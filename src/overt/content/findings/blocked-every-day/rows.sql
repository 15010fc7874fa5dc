-- Platforms, with the number of days on which the national list contained the platform's most frequently listed domain.
SELECT platform, max(listed)::BIGINT AS listed, any_value(s.days) AS days, any_value(s.days_from) AS since
FROM (
    SELECT d.platform, o.domain, sum(o.measurements) AS listed
    FROM platform_domains AS d
    JOIN observations AS o ON o.domain = d.domain AND o.source = 'gfw_report_daily' AND o.series = 'national'
    GROUP BY d.platform, o.domain
)
CROSS JOIN (SELECT days, days_from FROM observed_series WHERE source = 'gfw_report_daily' AND series = 'national') AS s
GROUP BY platform
