SELECT p.platform, p.domain, p.position, o.source, o.series, count(*) AS episodes, sum(o.measurements) AS measurements, s.days, s.protocol, s.country,
    (
        SELECT f."start" FROM observations AS f
        WHERE f.domain = p.domain AND f.source = o.source AND f.series = o.series
        ORDER BY f.first_listed
        LIMIT 1
    ) AS "start",
    (
        SELECT f."end" FROM observations AS f
        WHERE f.domain = p.domain AND f.source = o.source AND f.series = o.series
        ORDER BY f.first_listed DESC
        LIMIT 1
    ) AS "end"
FROM platform_domains AS p
JOIN observations AS o ON o.domain = p.domain
JOIN observed_series AS s ON s.source = o.source AND s.series = o.series
WHERE :country IN ('', s.country) AND :platform IN ('', p.platform)
GROUP BY p.platform, p.domain, o.source, o.series
ORDER BY p.position, o.source, o.series
