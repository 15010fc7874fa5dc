-- Records of the sitemap.

-- name: record_count
SELECT count(*) AS held FROM records WHERE type IN ('project', 'organization', 'agreement')

-- name: records
-- The records that have a page of their own, some of them.
SELECT id, type FROM records WHERE type IN ('project', 'organization', 'agreement') ORDER BY id LIMIT ? OFFSET ?
