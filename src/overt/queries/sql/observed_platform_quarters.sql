SELECT p.platform, p.domain, o.source, o.series, substr(l.day, 1, 4) || '-Q' || ((substr(l.day, 6, 2) + 2) / 3) AS quarter, count(*) AS days_listed,
    min(l.day) AS first_listed, max(l.day) AS last_listed
FROM platform_domains AS p
JOIN observations AS o ON o.domain = p.domain AND o.first_listed <> ''
JOIN observed_series AS s ON s.source = o.source AND s.series = o.series
JOIN observed_lists AS l ON l.source = o.source AND l.series = o.series AND l.day BETWEEN o.first_listed AND o.last_listed
WHERE :country IN ('', s.country) AND :platform IN ('', p.platform)
GROUP BY p.position, o.source, o.series, quarter
ORDER BY p.position, o.source, o.series, quarter
