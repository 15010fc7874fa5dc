-- The origins of values, and the data that shows which origins count as one source (“voice”). independent_sources.py defines
-- both terms.

-- name: origins
-- The origins of each value, for records that have copied texts or a claim that cites a document, and that meet a condition. If
-- several rows of one source make the same claim, each document that they cite is an origin.
WITH counted AS (
    SELECT id FROM claims_out WHERE standing = 'current' AND document IS NOT NULL AND ${condition}
    UNION
    FROM copied_ids
)
SELECT DISTINCT c.id, c.property, coalesce(c.target, c.value) AS value, c.unit, c.source, c.record, m.id AS document
FROM claims_out AS c
SEMI JOIN counted USING (id)
LEFT JOIN claim_documents AS e USING (claim_id)
LEFT JOIN members AS m ON m.record = coalesce(e.document, c.document)
WHERE c.standing = 'current'
ORDER BY ALL;

-- name: documents
-- The address, title and date of each document (of several, the first in alphabetical order), its publisher as each source writes
-- it, the documents that it cites, and whether a claim cites it as a collection of others' reports.
WITH collections AS (
    SELECT DISTINCT m.id
    FROM claims_out AS c
    LEFT JOIN claim_documents AS e USING (claim_id)
    JOIN members AS m ON m.record = coalesce(e.document, c.document)
    WHERE c.property = 'known-from' AND c.value = 'collection' AND c.standing = 'current'
)
SELECT id, min(value) FILTER (WHERE property = 'url') AS url, min(value) FILTER (WHERE property = 'title') AS title,
    list(DISTINCT value ORDER BY value) FILTER (WHERE property = 'publisher') AS publishers,
    min(value) FILTER (WHERE property = 'published') AS published,
    list(DISTINCT coalesce(target, value) ORDER BY coalesce(target, value)) FILTER (WHERE property = 'cites') AS cites,
    id IN (FROM collections) AS collects
FROM claims_out
WHERE type = 'document' AND standing = 'current' AND property IN ('url', 'title', 'publisher', 'published', 'cites')
GROUP BY id
ORDER BY id;

-- name: announcements
-- The documents that are cited for a record as a statement of one of these kinds: official statements or company statements.
SELECT DISTINCT c.id, m.id AS document, c.value AS kind
FROM claims_out AS c
LEFT JOIN claim_documents AS e USING (claim_id)
JOIN members AS m ON m.record = coalesce(e.document, c.document)
WHERE c.property = 'known-from' AND c.value IN (${kinds}) AND c.standing = 'current'
ORDER BY ALL;

-- name: texts
-- For each record with claims of several sources, except documents: the longest text of each member, if it has at least 30
-- characters.
SELECT c.id, c.record, max_by(c.value, (len(c.value), c.value)) AS text
FROM claims_out AS c
WHERE c.standing = 'current' AND c.type <> 'document' AND ${condition} AND c.property IN ('description', 'subject', 'name', 'title')
    AND c.id IN (SELECT id FROM claims_out WHERE standing = 'current' GROUP BY id HAVING min(source) <> max(source))
GROUP BY c.id, c.record
HAVING max(len(c.value)) >= 30
ORDER BY c.id, c.record;
