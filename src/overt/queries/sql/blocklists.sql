-- Lists of blocked domains, and the domains of platforms on these lists.

-- name: domain_episodes
SELECT o.domain, o.source, o.series, nullif(o.first_listed, '') AS first_listed, o.last_listed, o."start", o."end", o.measurements, o.unmeasured_days,
    o.vantage_points, o.rule, o.capture,
    (
        SELECT l.member FROM observed_lists AS l
        WHERE l.source = o.source AND l.series = o.series AND coalesce(l.day, '') = o.first_listed
    ) AS member
FROM observations AS o
WHERE o.domain = ?
ORDER BY o.source, o.series, o.first_listed

-- name: days_measured
SELECT source, series, substr(day, 1, 4) || '-Q' || ((substr(day, 6, 2) + 2) / 3) AS quarter, count(*) AS days_measured
FROM observed_lists
WHERE day IS NOT NULL
GROUP BY source, series, quarter
ORDER BY source, series, quarter

-- name: platform_domains
SELECT platform, domain FROM platform_domains WHERE ? IN ('', platform) ORDER BY position

-- name: platform_quarters
SELECT p.platform, p.domain, o.source, o.series, substr(l.day, 1, 4) || '-Q' || ((substr(l.day, 6, 2) + 2) / 3) AS quarter, count(*) AS days_listed,
    min(l.day) AS first_listed, max(l.day) AS last_listed
FROM platform_domains AS p
JOIN observations AS o ON o.domain = p.domain AND o.first_listed <> ''
JOIN observed_series AS s ON s.source = o.source AND s.series = o.series
JOIN observed_lists AS l ON l.source = o.source AND l.series = o.series AND l.day BETWEEN o.first_listed AND o.last_listed
WHERE :country IN ('', s.country) AND :platform IN ('', p.platform)
GROUP BY p.position, o.source, o.series, quarter
ORDER BY p.position, o.source, o.series, quarter

-- name: platform_listings
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

-- name: domain_quarters
SELECT l.source, l.series, substr(l.day, 1, 4) || '-Q' || ((substr(l.day, 6, 2) + 2) / 3) AS quarter, count(*) AS days_measured,
    count(o.domain) AS days_listed
FROM observed_lists AS l
LEFT JOIN observations AS o
    ON o.domain = ? AND o.source = l.source AND o.series = l.series AND o.first_listed <> '' AND l.day BETWEEN o.first_listed AND o.last_listed
WHERE l.day IS NOT NULL
GROUP BY l.source, l.series, quarter
ORDER BY l.source, l.series, quarter

-- name: series
SELECT * FROM observed_series ORDER BY source, series
