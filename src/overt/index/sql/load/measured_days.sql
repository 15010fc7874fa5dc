SELECT domain, country, test_name, period, asn, source, first_day::VARCHAR, last_day::VARCHAR, days, measurements, networks, vantage_points, blocked, share,
    low, high, state, to_json(mechanisms)::VARCHAR, down, insufficient, to_json(rules)::VARCHAR
FROM measured_days
ORDER BY domain, country, test_name, period DESC, asn NULLS FIRST, source
