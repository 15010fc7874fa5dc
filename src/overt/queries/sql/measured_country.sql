-- Of a country, what was tested in it, each with the last quarter in which it was.
SELECT * FROM measured_quarters AS q
WHERE country = ? AND asn IS NULL AND NOT EXISTS (
    SELECT 1 FROM measured_quarters AS later
    WHERE later.domain = q.domain AND later.country = q.country AND later.asn IS NULL AND later.test_name = q.test_name
        AND later.source = q.source AND later.period > q.period
)
ORDER BY domain, test_name, source
