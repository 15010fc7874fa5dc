-- One row per platform: the number of days on which the national list contains the platform's most frequently listed domain, and
-- the same for the list of Henan. `every_day`: every national list contains that domain.
WITH days AS (
    SELECT d.platform, o.series, o.domain, sum(o.measurements) AS listed
    FROM platform_domains AS d
    JOIN observations AS o ON o.domain = d.domain AND o.source = 'gfw_report_daily'
    GROUP BY d.platform, o.series, o.domain
),
most AS (
    SELECT platform, max(listed) FILTER (WHERE series = 'national') AS listed, max(listed) FILTER (WHERE series = 'henan') AS by_henan
    FROM days
    GROUP BY platform
)
SELECT p.platform AS unit_id, coalesce(m.listed, 0) AS days_listed, coalesce(m.by_henan, 0) AS days_by_henan,
    coalesce(m.listed = s.days, false) AS every_day
FROM (SELECT DISTINCT platform FROM platform_domains) AS p
LEFT JOIN most AS m ON m.platform = p.platform
LEFT JOIN observed_series AS s ON s.source = 'gfw_report_daily' AND s.series = 'national'
