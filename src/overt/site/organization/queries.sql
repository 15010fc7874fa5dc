-- The profile of an organisation: its projects by role and by layer, their kinds and countries, how they ended, and the newest
-- documents about its projects.

-- name: systems
-- Projects in which the organisation has this role, the best documented first.
SELECT DISTINCT p.id, p.label, p.label_lang, p.label_zh, p.kinds, p.status, p.date, p.independent_sources, '[]' AS known_from
FROM project_company AS k
JOIN projects AS p ON p.id = k.id
WHERE k.organization = ? AND k.role = ?
ORDER BY p.independent_sources DESC, p.year IS NULL, p.year DESC, p.sort_label, p.id

-- name: supplied_countries
-- The countries of the projects that the organisation supplies or carries out.
SELECT DISTINCT c.id, c.country
FROM project_company AS k
JOIN project_country AS c ON c.id = k.id
WHERE k.organization = ? AND k.role IN ('supplier', 'implementer')

-- name: layers
-- An organisation's projects, once for each layer.
SELECT DISTINCT l.layer, l.id
FROM project_company AS k
JOIN project_layer AS l ON l.id = k.id
WHERE k.organization = ?

-- name: newest_evidence
-- The newest documents cited by current claims about the organisation's projects or its part in them. Each has one of these
-- projects, preferably one for which the document states the organisation's part. Undated documents are left out.
SELECT e.*, p.label AS project_label, p.label_lang AS project_lang, p.label_zh AS project_zh
FROM (
    SELECT d.id, d.label, d.label_lang, d.label_zh, max(f.value) AS published,
        (SELECT p.value FROM facts AS p WHERE p.id = d.id AND p.property = 'publisher' AND p.shown LIMIT 1) AS publisher,
        coalesce(min(CASE WHEN k.record <> k.id THEN k.id END), min(k.id)) AS project
    FROM (
        SELECT id, record FROM project_company WHERE organization = ?1
        UNION SELECT id, id FROM project_company WHERE organization = ?1
    ) AS k
    JOIN claims AS c ON c.id = k.record AND c.standing = 'current'
    LEFT JOIN evidence AS e ON e.claim_id = c.claim_id
    JOIN records AS d ON d.id = coalesce(e.document, c.document)
    JOIN facts AS f ON f.id = d.id AND f.property = 'published' AND f.shown
    GROUP BY d.id
) AS e
JOIN projects AS p ON p.id = e.project
ORDER BY e.published DESC, e.id
LIMIT ?2

-- name: document_dates
-- The publication dates of documents about projects (a JSON list of ids): documents cited by current claims about the projects
-- and their roles, money, places and statements.
WITH about AS (
    SELECT value AS id FROM json_each(?1)
    UNION
    SELECT l.id FROM links AS l WHERE l.target IN (SELECT value FROM json_each(?1)) AND l.property IN ('project', 'about')
)
SELECT DISTINCT f.value AS published
FROM about AS a
JOIN claims AS c ON c.id = a.id AND c.standing = 'current'
LEFT JOIN evidence AS e ON e.claim_id = c.claim_id
JOIN facts AS f ON f.id = coalesce(e.document, c.document) AND f.property = 'published' AND f.shown
ORDER BY published

-- name: tied_kinds
-- The kinds that a document gives for a project if it names the organisation, and no other, as a supplier or implementer of
-- that project. Claims of one source that cite no document count as one document.
WITH named AS (
    SELECT DISTINCT k.id, k.organization, coalesce(e.document, c.document, c.source) AS document
    FROM project_company AS k
    JOIN claims AS c ON c.id = k.record AND c.property = 'organization' AND c.standing = 'current'
    LEFT JOIN evidence AS e ON e.claim_id = c.claim_id
    WHERE k.role IN ('supplier', 'implementer')
        AND k.id IN (SELECT id FROM project_company WHERE organization = :organization AND role IN ('supplier', 'implementer'))
)
SELECT DISTINCT c.id, c.value AS kind
FROM named AS n
JOIN claims AS c ON c.id = n.id AND c.property = 'kind' AND c.standing = 'current'
LEFT JOIN evidence AS e ON e.claim_id = c.claim_id
WHERE n.organization = :organization AND coalesce(e.document, c.document, c.source) = n.document
    AND NOT EXISTS (
        SELECT 1 FROM named AS x WHERE x.id = n.id AND x.document = n.document AND x.organization <> :organization
    )

-- name: endings
-- For the cancelled projects in a JSON list of ids: when each came into use (or started, or was completed), when it ended, and
-- the date of the newest document about it.
SELECT p.id, coalesce(f.operational, f.started, f.completed) AS used, f.ended,
    (
        SELECT max(d.value)
        FROM claims AS c
        LEFT JOIN evidence AS e ON e.claim_id = c.claim_id
        JOIN facts AS d ON d.id = coalesce(e.document, c.document) AND d.property = 'published' AND d.shown
        WHERE c.id = p.id AND c.standing = 'current'
    ) AS newest
FROM projects AS p
JOIN projects_flat AS f ON f.id = p.id
WHERE p.id IN (SELECT value FROM json_each(?)) AND p.status = 'cancelled'
