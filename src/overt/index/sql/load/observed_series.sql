SELECT source, series, label, label_zh, country, place, place_zh, protocol, vantage, vantage_zh, vantage_points, rule, days, days_from::VARCHAR, days_to::VARCHAR,
    to_json(coalesce(unmeasured, []))::VARCHAR
FROM observed_series
ORDER BY source, series
