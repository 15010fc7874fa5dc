-- Labels of domains on lists of sites.

-- name: of_domain
-- `names`: the domain and its parent domains; `own`: the domain with and without www. Both are JSON lists.
SELECT domain, source, list, country, subdomains, category, platform, service, part, added, capture, place
FROM domain_labels
WHERE domain IN (SELECT value FROM json_each(:names)) AND (subdomains = 1 OR domain IN (SELECT value FROM json_each(:own)))
ORDER BY category IS NULL, category, country IS NOT NULL, country, list, service, part, place

-- name: of_platform
SELECT domain, source, list, country, subdomains, category, platform, service, part, added, capture, place
FROM domain_labels
WHERE platform = ?
ORDER BY domain, source, place

-- name: categories
SELECT d.category, count(DISTINCT d.domain) AS sites, count(DISTINCT b.domain) AS listed
FROM domain_labels AS d
LEFT JOIN (
    SELECT DISTINCT r.domain
    FROM domain_labels AS n
    CROSS JOIN observation_rows AS r ON r.domain = n.domain
    JOIN observation_lists AS l ON l.n = r.list
    JOIN observed_series AS s ON s.source = l.source AND s.series = l.series
    WHERE n.country = :country AND s.country = :country
) AS b ON b.domain = d.domain
WHERE d.country = :country AND d.category IS NOT NULL
GROUP BY d.category
ORDER BY sites DESC, d.category

-- name: country_lists
SELECT source, count(DISTINCT domain) AS sites
FROM domain_labels
WHERE country = ? AND category IS NOT NULL
GROUP BY source
ORDER BY source

-- name: countries
SELECT DISTINCT country FROM domain_labels WHERE country IS NOT NULL ORDER BY country
