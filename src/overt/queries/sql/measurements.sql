-- Network measurements, and verdicts on groups of them.

-- name: countries
SELECT DISTINCT country FROM measured_quarters ORDER BY country

-- name: last_quarters
-- The hosts and services tested in a country: for each host, test and source, the latest quarter with a measurement.
SELECT * FROM measured_quarters AS q
WHERE country = ? AND asn IS NULL AND NOT EXISTS (
    SELECT 1 FROM measured_quarters AS later
    WHERE later.domain = q.domain AND later.country = q.country AND later.asn IS NULL AND later.test_name = q.test_name
        AND later.source = q.source AND later.period > q.period
)
ORDER BY domain, test_name, source

-- name: days
SELECT * FROM measured_days WHERE asn IS NULL AND domain = ? AND country = ? ORDER BY period DESC, test_name, source LIMIT ?

-- name: country_quarters
SELECT * FROM measured_quarters WHERE country = ? AND asn IS NULL ORDER BY domain, test_name, period DESC, source

-- name: network_quarters
SELECT * FROM measured_quarters WHERE asn IS NOT NULL AND domain = ? AND country = ? ORDER BY period DESC, test_name, asn, source LIMIT ?

-- name: platform_tests
SELECT platform, test_name FROM platform_tests ORDER BY platform, test_name

-- name: name_quarters
SELECT * FROM measured_quarters
WHERE asn IS NULL AND domain IN (SELECT value FROM json_each(?)) AND ? IN ('', country)
ORDER BY country, domain, test_name, period DESC, source

-- name: rows
-- Measurements of a host or test in a country, after a row, in stored order: the latest day first.
SELECT rowid AS at, * FROM measurements WHERE domain = ? AND country = ? AND rowid > ? ORDER BY rowid LIMIT ?
