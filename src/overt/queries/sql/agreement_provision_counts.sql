-- Provisions of agreements.

-- name: topics
-- The number of provisions by agreement and topic.
SELECT agreement, topic, count(*) AS provisions FROM provisions GROUP BY agreement, topic ORDER BY agreement, topic
