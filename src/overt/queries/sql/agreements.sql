-- Agreements and the provisions of laws.

-- name: topics
-- Provisions of each agreement, by topic.
SELECT agreement, topic, count(*) AS provisions FROM provisions GROUP BY agreement, topic ORDER BY agreement, topic
