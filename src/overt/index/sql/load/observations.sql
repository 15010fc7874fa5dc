SELECT domain, source, series, coalesce(first_listed::VARCHAR, ''), last_listed::VARCHAR, "start", "end", measurements, unmeasured_days, vantage_points, rule,
    capture
FROM observations
ORDER BY domain, source, series, first_listed NULLS FIRST
