SELECT e.claim_id, e.capture, e.locator, e.excerpt, e.document, d.label AS document_label, d.label_lang AS document_lang, d.label_zh AS document_zh, a.name AS file, a.role, a.address, a.retrieved, a.licence, a.snapshot
FROM evidence AS e
JOIN claims AS c USING (claim_id)
LEFT JOIN records AS d ON d.id = e.document
LEFT JOIN captures AS a ON a.sha256 = e.capture AND a.source = c.source
WHERE e.claim_id IN (SELECT value FROM json_each(?)) AND e.position <= 50
GROUP BY e.claim_id, e.position
ORDER BY e.claim_id, e.position
