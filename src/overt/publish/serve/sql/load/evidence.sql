SELECT claim_id, row_number() OVER (PARTITION BY claim_id ORDER BY capture, locator, excerpt), capture, locator, excerpt
FROM (SELECT DISTINCT claim_id, capture, locator, excerpt FROM evidence)
ORDER BY 1, 2
