-- A cited document that may not be shown is left out; the place stays.
SELECT e.claim_id, e.capture, e.locator, e.excerpt, d.record AS document
FROM all_cited_evidence AS e
SEMI JOIN claims AS c USING (claim_id)
LEFT JOIN members AS d ON d.record = e.document
ORDER BY ALL
