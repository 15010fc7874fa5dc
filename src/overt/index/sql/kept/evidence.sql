-- The first places of claims, and how many each has. `cited`: the table of places, with the document that each cites.
WITH place AS (
    SELECT DISTINCT claim_id, capture, locator, excerpt, document FROM (${cited}) WHERE list_contains($$claims, claim_id)
), numbered AS (
    SELECT *, row_number() OVER (PARTITION BY claim_id ORDER BY capture, locator, excerpt, document) AS position,
        count(*) OVER (PARTITION BY claim_id) AS held
    FROM place
), file AS (
    SELECT k.sha256, k.source, min_by(k.name, (k.snapshot, k.role, k.name)) AS name, min_by(k.retrieved, (k.snapshot, k.role, k.name)) AS retrieved
    FROM captures AS k WHERE k.sha256 IN (SELECT capture FROM place) GROUP BY k.sha256, k.source
)
SELECT n.claim_id, n.held, f.name AS file, n.capture, n.locator, n.excerpt, f.retrieved, m.id AS document
FROM numbered AS n
JOIN claims AS c ON c.claim_id = n.claim_id
LEFT JOIN file AS f ON f.sha256 = n.capture AND f.source = c.source
LEFT JOIN members AS m ON m.record = n.document
WHERE n.position <= $$most
ORDER BY n.claim_id, n.position
