-- Records in the sitemap.

-- name: records
-- Projects, organisations and agreements, a batch at a time.
SELECT id, type FROM records
WHERE type IN ('project', 'organization', 'agreement') AND id > :after ORDER BY id LIMIT :limit
