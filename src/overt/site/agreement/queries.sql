-- Documents of laws and agreements.

-- name: document_dates
-- The dates of the documents cited by current claims about agreements (a JSON list of ids).
SELECT DISTINCT c.id, f.value AS published
FROM claims AS c
LEFT JOIN evidence AS e ON e.claim_id = c.claim_id
JOIN facts AS f ON f.id = coalesce(e.document, c.document) AND f.property = 'published' AND f.shown
WHERE c.id IN (SELECT value FROM json_each(?)) AND c.standing = 'current'
ORDER BY c.id, f.value
