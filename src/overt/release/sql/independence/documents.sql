-- What is known of each document: its first address and publisher.
SELECT id, min(value) FILTER (WHERE property = 'url') AS url, min(value) FILTER (WHERE property = 'publisher') AS publisher
FROM claims_out
WHERE type = 'document' AND standing = 'current' AND property IN ('url', 'publisher')
GROUP BY id
ORDER BY id
