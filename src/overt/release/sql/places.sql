-- The places of a record's claims, each with the file it is in.
SELECT e.claim_id, e.capture, e.locator, e.excerpt, e.document, any_value(d.title) AS document_title, any_value(d.url) AS document_url, min_by(k.name, (k.source, k.snapshot, k.role, k.name)) AS file,
    min_by(k.address, (k.source, k.snapshot, k.role, k.name)) AS address, max(k.retrieved) AS retrieved
FROM evidence AS e
LEFT JOIN captures AS k ON k.sha256 = e.capture
LEFT JOIN members AS m ON m.record = e.document
LEFT JOIN documents AS d ON d.id = m.id
WHERE e.claim_id IN (SELECT claim_id FROM claims WHERE id = ?)
GROUP BY ALL
ORDER BY ALL
