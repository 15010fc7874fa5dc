SELECT e.claim_id, row_number() OVER (PARTITION BY e.claim_id ORDER BY e.capture, e.locator, e.excerpt, e.document), e.capture, e.locator, e.excerpt, m.id, e.document
FROM (SELECT DISTINCT claim_id, capture, locator, excerpt, document FROM cited_evidence) AS e
LEFT JOIN members AS m ON m.record = e.document
ORDER BY 1, 2
