-- The table of records, kinds and countries of projects, and queries for single records.

-- name: records
-- Every record with a current claim: the name it is shown under, its numbers of sources, separate sources
-- (independent_sources.py) and members, and the strictest kind of licence of its sources (`reuse`).
WITH counted AS (
    SELECT id, min(type) AS type, count(DISTINCT source)::INTEGER AS sources, count(DISTINCT record)::INTEGER AS members,
        max(l.strictness) AS strictness, count(DISTINCT coalesce(p.publisher, source))::INTEGER AS publishers
    FROM ${claims} AS c
    JOIN licences AS l USING (source)
    LEFT JOIN publishers AS p USING (source)
    WHERE standing = 'current'
    GROUP BY id
),
named AS (
    SELECT id, min_by(value, (rank_of_name, rank, value)) AS label, min_by(lang, (rank_of_name, rank, value)) AS lang
    FROM (
        SELECT id, value, lang, rank,
            CASE property WHEN 'name' THEN 0 WHEN 'title' THEN 0 ELSE 1 END * 2 + CASE WHEN lang IS NULL OR lang = 'en' THEN 0 ELSE 1 END AS rank_of_name
        FROM ${values} WHERE property IN ('name', 'title', 'alias')
    )
    GROUP BY id
)
SELECT c.id, c.type, n.label, n.lang AS label_lang, c.sources, coalesce(i.independent_sources, c.publishers) AS independent_sources, c.members, ['open', 'share-alike', 'non-commercial', 'private'][c.strictness + 1] AS reuse
FROM counted AS c
LEFT JOIN named AS n USING (id)
LEFT JOIN independent_records AS i USING (id)
ORDER BY c.id;

-- name: project_kinds
-- Every kind of each project, broader kinds included.
WITH RECURSIVE wider AS (
    SELECT id, unnest(kind) AS kind FROM ${projects}
    UNION
    SELECT w.id, t.broader FROM wider AS w JOIN terms AS t ON t.vocabulary = 'project-kinds' AND t.id = w.kind WHERE t.broader IS NOT NULL
)
SELECT DISTINCT p.id, w.kind, list_contains(p.kind, w.kind) AS said
FROM wider AS w
JOIN ${projects} AS p USING (id)
ORDER BY ALL;

-- name: published_id
-- The published id of a record, given its published id, a redirected id, or the id of one of its source records.
SELECT id FROM (
    SELECT id, 0 AS nearness FROM members WHERE id = ?
    UNION ALL SELECT id, 1 FROM redirects WHERE old_id = ?
    UNION ALL SELECT id, 2 FROM members WHERE record = ?
)
ORDER BY nearness
LIMIT 1;

-- name: evidence
-- The places of a record's claims, each with its file.
SELECT e.claim_id, e.capture, e.locator, e.excerpt, e.document, any_value(d.title) AS document_title, any_value(d.url) AS document_url, min_by(k.name, (k.source, k.snapshot, k.role, k.name)) AS file,
    min_by(k.address, (k.source, k.snapshot, k.role, k.name)) AS address, max(k.retrieved) AS retrieved
FROM evidence AS e
LEFT JOIN captures AS k ON k.sha256 = e.capture
LEFT JOIN members AS m ON m.record = e.document
LEFT JOIN documents AS d ON d.id = m.id
WHERE e.claim_id IN (SELECT claim_id FROM claims WHERE id = ?)
GROUP BY ALL
ORDER BY ALL;

-- name: project_countries
-- The countries in which each project counts, one row per country. Other queries read this as the view `project_countries`.
SELECT DISTINCT id, unnest(country) AS country FROM projects;
