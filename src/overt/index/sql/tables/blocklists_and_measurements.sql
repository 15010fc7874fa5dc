-- Blocklists, network measurements, labels of domains, and the domains and tests of platforms.

-- name: observation_lists
SELECT n, source, series, vantage_points, rule, capture FROM observation_list ORDER BY n

-- name: observation_rows
SELECT o.domain, l.n, coalesce(o.first_listed::VARCHAR, ''), o.last_listed::VARCHAR, o."start", o."end", o.measurements, o.unmeasured_days
FROM observations AS o
JOIN observation_list AS l ON l.source = o.source AND l.series = o.series AND l.rule = o.rule AND l.capture = o.capture
    AND l.vantage_points IS NOT DISTINCT FROM o.vantage_points
ORDER BY o.domain, l.n, o.first_listed NULLS FIRST

-- name: observed_lists
SELECT source, series, day::VARCHAR, names, capture, member FROM observed_lists ORDER BY source, series, day

-- name: observed_series
SELECT source, series, label, label_zh, country, place, place_zh, protocol, vantage, vantage_zh, vantage_points, rule, days, days_from::VARCHAR, days_to::VARCHAR,
    to_json(coalesce(unmeasured, []))::VARCHAR
FROM observed_series
ORDER BY source, series

-- name: platform_domains
SELECT platform, domain, row_number() OVER () FROM platform_domains

-- name: measured_days
SELECT domain, country, test_name, period, asn, source, first_day::VARCHAR, last_day::VARCHAR, days, measurements, networks, vantage_points, blocked, share,
    low, high, state, to_json(mechanisms)::VARCHAR, down, insufficient, to_json(rules)::VARCHAR, to_json(coalesce(fingerprints, []))::VARCHAR
FROM measured_days
ORDER BY domain, country, test_name, period DESC, asn NULLS FIRST, source

-- name: measured_quarters
SELECT domain, country, test_name, period, asn, source, first_day::VARCHAR, last_day::VARCHAR, days, measurements, networks, vantage_points, blocked, share,
    low, high, state, to_json(mechanisms)::VARCHAR, down, insufficient, to_json(rules)::VARCHAR, to_json(coalesce(fingerprints, []))::VARCHAR
FROM measured_quarters
ORDER BY domain, country, test_name, period DESC, asn NULLS FIRST, source

-- name: measurements
SELECT domain, country, test_name, day::VARCHAR, asn, verdict, mechanism, to_json(also)::VARCHAR, rule, confidence, fingerprints, resolver_asn, software, platform,
    observations, source, id, capture, member, place
FROM measurements
ORDER BY domain, country, day DESC, test_name, asn, id, capture, member, place

-- name: platform_tests
SELECT platform, test_name FROM platform_tests

-- name: domain_labels
SELECT domain, source, list, country, subdomains::INTEGER, category, platform, service, part, added::VARCHAR, capture, place
FROM domain_labels
ORDER BY domain, source, list, place
