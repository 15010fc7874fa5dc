-- Blocklists by quarter.

-- name: quarters
-- Domains by series and quarter. The lists of a series are numbered by day, and days that were not measured have no number. Every
-- number from an episode's first list to its last is a day on which the domain was listed. Episodes without days have no quarter.
WITH lists AS (
    SELECT source, series, day, year(day) || '-Q' || quarter(day) AS quarter, row_number() OVER (PARTITION BY source, series ORDER BY day) AS n
    FROM observed_lists
    WHERE day IS NOT NULL
),
quarters AS (
    SELECT source, series, quarter, min(n) AS first_n, max(n) AS last_n, count(*) AS days_measured
    FROM lists
    GROUP BY ALL
),
episodes AS (
    SELECT o.domain, o.source, o.series, o.vantage_points, f.n AS first_n, l.n AS last_n
    FROM observations AS o
    JOIN lists AS f ON f.source = o.source AND f.series = o.series AND f.day = o.first_listed
    JOIN lists AS l ON l.source = o.source AND l.series = o.series AND l.day = o.last_listed
),
listed AS (
    SELECT e.domain, e.source, e.series, q.quarter, any_value(q.days_measured) AS days_measured,
        sum(least(e.last_n, q.last_n) - greatest(e.first_n, q.first_n) + 1)::BIGINT AS days_listed, max(e.vantage_points) AS vantage_points
    FROM episodes AS e
    JOIN quarters AS q ON q.source = e.source AND q.series = e.series AND q.first_n <= e.last_n AND q.last_n >= e.first_n
    GROUP BY e.domain, e.source, e.series, q.quarter
    UNION ALL
    SELECT domain, source, series, NULL, NULL, NULL, vantage_points FROM observations WHERE first_listed IS NULL
)
SELECT l.domain, l.source, l.series, s.country, s.protocol, l.quarter, l.days_measured, l.days_listed, l.vantage_points
FROM listed AS l
JOIN observed_series AS s USING (source, series)
ORDER BY l.domain, l.source, l.series, l.quarter;
