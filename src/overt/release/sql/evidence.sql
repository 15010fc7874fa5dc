-- The places of the claims that are in the release.
SELECT e.claim_id, e.capture, e.locator, e.excerpt, e.document
FROM ${evidence} AS e
SEMI JOIN claims_out AS c USING (claim_id)
ORDER BY ALL
