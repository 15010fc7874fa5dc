-- Platforms of which every list of the national series has a domain.
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
),
always AS (SELECT platform FROM listed, series WHERE listed = days)
SELECT (SELECT days FROM series) AS days, (SELECT days_from FROM series) AS since, (SELECT count(*) FROM always) AS always,
    (SELECT list(platform ORDER BY coalesce(nullif(list_position(['youtube', 'whatsapp', 'wikipedia', 'bbc'], platform), 0), 9), platform) FROM always)[:4] AS some
