-- The number of blocks in China with a known start, how many of them have an end, and the year of the earliest start. `old`: those
-- without an end that have dated documents, the newest of them dated more than two years before the edition.
WITH cited AS (
    SELECT id, document FROM claims WHERE type = 'restriction' AND standing = 'current'
    UNION
    SELECT c.id, e.document
    FROM claims AS c
    JOIN evidence AS e USING (claim_id)
    WHERE c.type = 'restriction' AND c.standing = 'current'
),
newest AS (
    SELECT c.id, max(d.published_to) AS published
    FROM cited AS c
    JOIN (SELECT DISTINCT record, id FROM claims WHERE type = 'document') AS n ON n.record = c.document
    JOIN documents AS d ON d.id = n.id
    GROUP BY c.id
)
SELECT
    count(*) AS dated,
    count(*) FILTER (WHERE r.end_from IS NOT NULL) AS lifted,
    min(year(r.start_from)) AS "first",
    count(*) FILTER (WHERE r.end_from IS NULL AND n.published < (SELECT day FROM edition) - INTERVAL 2 YEAR) AS old
FROM restrictions AS r
LEFT JOIN newest AS n ON n.id = r.id
WHERE r.country = 'CN' AND list_contains(r.kind, 'blocking') AND r.start_from IS NOT NULL
