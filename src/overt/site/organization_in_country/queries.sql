-- The documents that name an organisation in projects.

-- name: naming_documents
-- The claims that name one of the organisations (`:organizations`, a JSON list of ids) in one of the projects (`:projects`, a
-- JSON list of ids). Each row has the claim's source, a document that the claim cites (or NULL), and the number of separate
-- sources of the project. If `:role` isn't empty, only claims about this role are returned.
SELECT DISTINCT k.id AS project, p.voices AS project_sources, c.claim_id, c.source, coalesce(e.document, c.document) AS document
FROM project_company AS k
JOIN projects AS p ON p.id = k.id
JOIN claims AS c ON c.id = k.record AND c.property = 'organization' AND c.standing = 'current'
LEFT JOIN evidence AS e ON e.claim_id = c.claim_id
WHERE k.id IN (SELECT value FROM json_each(:projects))
    AND k.organization IN (SELECT value FROM json_each(:organizations))
    AND (:role = '' OR k.role = :role)
ORDER BY k.id, c.claim_id, document

-- name: project_documents
-- The documents that are evidence for something about projects (`:projects`, a JSON list of ids), each with a claim that cites
-- it. Claims about a project and its roles, money and places count, but not claims about statements.
WITH about AS (
    SELECT value AS project, value AS id FROM json_each(:projects)
    UNION
    SELECT l.target, l.id FROM links AS l WHERE l.target IN (SELECT value FROM json_each(:projects)) AND l.property = 'project'
)
SELECT DISTINCT a.project, coalesce(e.document, c.document) AS document, c.claim_id
FROM about AS a
JOIN claims AS c ON c.id = a.id AND c.standing = 'current'
LEFT JOIN evidence AS e ON e.claim_id = c.claim_id
WHERE coalesce(e.document, c.document) IS NOT NULL
ORDER BY a.project, document, c.claim_id
