SELECT * FROM measured_quarters WHERE country = ? AND asn IS NULL ORDER BY domain, test_name, period DESC, source
