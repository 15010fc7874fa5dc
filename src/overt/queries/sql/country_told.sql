-- Who tells what the charts of a country are drawn from: of which layer its projects are, who supplies them, and when they were.
WITH held AS (SELECT id FROM project_country WHERE country = ?),
dated AS (
    SELECT DISTINCT f.id FROM held JOIN facts AS f ON f.id = held.id AND f.shown AND f.rank = 1
    WHERE f.property IN ('agreed', 'construction-start', 'started', 'operational', 'completed', 'ended')
)
SELECT 'layers' AS chart, c.source
FROM held JOIN claims AS c ON c.id = held.id AND c.property = 'kind' AND c.standing = 'current'
UNION
SELECT 'suppliers', c.source
FROM held
JOIN project_company AS k ON k.id = held.id AND k.role IN ('supplier', 'implementer')
JOIN claims AS c ON c.id = k.record AND c.standing = 'current'
UNION
SELECT 'dates', c.source
FROM dated JOIN claims AS c ON c.id = dated.id AND c.standing = 'current'
WHERE c.property IN ('kind', 'agreed', 'construction-start', 'started', 'operational', 'completed', 'ended')
ORDER BY chart, source
