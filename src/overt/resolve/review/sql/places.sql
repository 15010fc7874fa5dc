-- The places of the claims that were found; of one that stands in many, the first few.
SELECT claim_id, capture, locator, excerpt
FROM (
    SELECT e.*, row_number() OVER (PARTITION BY e.claim_id ORDER BY e.capture, e.locator, e.excerpt) AS place
    FROM ${evidence} AS e
    SEMI JOIN found USING (claim_id)
)
WHERE place <= 3
ORDER BY claim_id, place
