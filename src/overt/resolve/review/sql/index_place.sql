-- The places of the claims; of one that stands in many, the first few.
SELECT claim_id, n, capture, locator, excerpt
FROM (
    SELECT claim_id, row_number() OVER (PARTITION BY claim_id ORDER BY capture, locator, excerpt) AS n, capture, locator, excerpt
    FROM (SELECT DISTINCT claim_id, capture, locator, excerpt FROM ${evidence})
)
WHERE n <= ${places}
ORDER BY claim_id, n
