SELECT * FROM measured_quarters
WHERE asn IS NULL AND domain IN (SELECT value FROM json_each(?)) AND ? IN ('', country)
ORDER BY country, domain, test_name, period DESC, source
