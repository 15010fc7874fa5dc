SELECT domain, country, test_name, day::VARCHAR, asn, verdict, mechanism, to_json(also)::VARCHAR, rule, confidence, resolver_asn, software, platform,
    observations, source, id, capture, member, place
FROM measurements
ORDER BY domain, country, day DESC, test_name, asn, id, capture, member, place
