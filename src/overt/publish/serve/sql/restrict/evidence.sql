SELECT e.claim_id, e.capture, e.locator, e.excerpt
FROM all_evidence AS e
SEMI JOIN claims AS c USING (claim_id)
ORDER BY ALL
