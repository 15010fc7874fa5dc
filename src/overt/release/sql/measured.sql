-- Groups as they were counted, with what stands behind each: from when to when, in how many networks, by which rules, in which files.
WITH behind AS (
    SELECT
        source, country, coalesce(asn, 0) AS asn, domain, test_name, ${period} AS period, grouping(coalesce(asn, 0)) = 1 AS of_country,
        min(day) AS first_day, max(day) AS last_day, count(DISTINCT day)::INTEGER AS days, count(DISTINCT asn)::INTEGER AS networks,
        list_sort(list(DISTINCT rule)) AS rules, list_sort(list(DISTINCT capture)) AS captures
    FROM measurements
    GROUP BY GROUPING SETS (
        (source, country, domain, test_name, ${period}),
        (source, country, coalesce(asn, 0), domain, test_name, ${period})
    )
)
SELECT
    g.source, g.country, g.asn, g.domain, g.test_name, g.period, b.first_day, b.last_day, b.days, g.measurements, b.networks,
    g.vantage_points, g.blocked, g.share, g.low, g.high, g.state, g.mechanisms, g.down, g.insufficient, b.rules, b.captures
FROM counted_groups AS g
JOIN behind AS b
    ON b.source = g.source AND b.country = g.country AND b.domain = g.domain AND b.test_name = g.test_name AND b.period = g.period
    AND b.of_country = (g.asn IS NULL) AND (b.of_country OR b.asn = g.asn)
ORDER BY ${order}
