SELECT o.domain, o.source, o.series, nullif(o.first_listed, '') AS first_listed, o.last_listed, o."start", o."end", o.measurements, o.unmeasured_days,
    o.vantage_points, o.rule, o.capture,
    (
        SELECT l.member FROM observed_lists AS l
        WHERE l.source = o.source AND l.series = o.series AND coalesce(l.day, '') = o.first_listed
    ) AS member
FROM observations AS o
WHERE o.domain = ?
ORDER BY o.source, o.series, o.first_listed
