SELECT * FROM measured_quarters WHERE asn IS NOT NULL AND domain = ? AND country = ? ORDER BY period DESC, test_name, asn, source LIMIT ?
