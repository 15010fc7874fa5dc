SELECT * FROM measured_days WHERE asn IS NULL AND domain = ? AND country = ? ORDER BY period DESC, test_name, source LIMIT ?
