-- Counts of network measurements.

-- name: groups
-- Each group of measurements in `counted_groups`, with its days, networks, rules, fingerprints and files.
WITH origins AS (
    SELECT
        source, country, coalesce(asn, 0) AS asn, domain, test_name, ${period} AS period, grouping(coalesce(asn, 0)) = 1 AS of_country,
        min(day) AS first_day, max(day) AS last_day, count(DISTINCT day)::INTEGER AS days, count(DISTINCT asn)::INTEGER AS networks,
        list_sort(list(DISTINCT rule)) AS rules,
        list_sort(coalesce(list(DISTINCT fingerprints) FILTER (WHERE fingerprints IS NOT NULL), [])) AS fingerprints,
        list_sort(list(DISTINCT capture)) AS captures
    FROM measurements
    GROUP BY GROUPING SETS (
        (source, country, domain, test_name, ${period}),
        (source, country, coalesce(asn, 0), domain, test_name, ${period})
    )
)
SELECT
    g.source, g.country, g.asn, g.domain, g.test_name, g.period, o.first_day, o.last_day, o.days, g.measurements, o.networks,
    g.vantage_points, g.blocked, g.share, g.low, g.high, g.state, g.mechanisms, g.down, g.insufficient, o.rules, o.fingerprints,
    o.captures
FROM counted_groups AS g
JOIN origins AS o
    ON o.source = g.source AND o.country = g.country AND o.domain = g.domain AND o.test_name = g.test_name AND o.period = g.period
    AND o.of_country = (g.asn IS NULL) AND (o.of_country OR o.asn = g.asn)
ORDER BY ${order};
