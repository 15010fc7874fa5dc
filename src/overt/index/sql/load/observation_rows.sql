SELECT o.domain, l.n, coalesce(o.first_listed::VARCHAR, ''), o.last_listed::VARCHAR, o."start", o."end", o.measurements, o.unmeasured_days
FROM observations AS o
JOIN observation_list AS l ON l.source = o.source AND l.series = o.series AND l.rule = o.rule AND l.capture = o.capture
    AND l.vantage_points IS NOT DISTINCT FROM o.vantage_points
ORDER BY o.domain, l.n, o.first_listed NULLS FIRST
