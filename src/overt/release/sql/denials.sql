-- Projects that a document calls denied (status `denied`), and what documents them apart from the denial.

-- name: origins
-- The origins of what a denied project is and who took part in it: documents for claims of its kind and of its participants.
-- Documents that give the status `denied`, and those with a denial or reply about the project, don't count; nor does a source
-- that does so without a document, as far as it cites none. A project about which there is nothing else has no row.
WITH cited AS ( -- a claim can cite several documents
    SELECT c.claim_id, c.id, c.source, c.record, c.type, c.property, coalesce(c.target, c.value) AS value, m.id AS document
    FROM claims_out AS c
    LEFT JOIN claim_documents AS e USING (claim_id)
    LEFT JOIN members AS m ON m.record = coalesce(e.document, c.document)
    WHERE c.standing = 'current' AND c.type IN ('project', 'role', 'statement')
),
denied AS (SELECT id, source, document FROM cited WHERE type = 'project' AND property = 'status' AND value = 'denied'),
answered AS (
    SELECT a.value AS id, a.source, a.document
    FROM cited AS a
    JOIN cited AS k ON k.record = a.record AND k.type = 'statement' AND k.property = 'kind' AND k.value IN ('denial', 'reply')
    WHERE a.type = 'statement' AND a.property = 'about'
),
documenting AS (
    SELECT id, source, record, document FROM cited WHERE type = 'project' AND property = 'kind'
    UNION
    SELECT value, source, record, document FROM cited WHERE type = 'role' AND property = 'project'
)
SELECT DISTINCT o.id, o.source, o.record, o.document
FROM documenting AS o
SEMI JOIN denied AS d ON d.id = o.id
WHERE NOT EXISTS (
    FROM (FROM denied UNION FROM answered) AS x
    WHERE x.id = o.id AND (x.document = o.document OR (x.document IS NULL AND o.document IS NULL AND x.source = o.source))
)
ORDER BY ALL;

-- name: denied
-- The projects to which a current claim gives the status `denied`.
SELECT DISTINCT id FROM claims_out WHERE type = 'project' AND property = 'status' AND value = 'denied' AND standing = 'current' ORDER BY id;

-- name: claims
-- All claims, in the order of a release's claims. Of a project in `weighed_denials`, either the status `denied` or all other
-- statuses are outweighed.
SELECT c.* REPLACE (CASE WHEN c.standing = 'current' AND (c.value = 'denied') = w.is_outweighed THEN 'outweighed' ELSE c.standing END AS standing)
FROM claims_out AS c
LEFT JOIN weighed_denials AS w ON w.id = c.id AND c.type = 'project' AND c.property = 'status'
ORDER BY c.id, c.property, coalesce(c.target, c.value), c.unit, c.claim_id;
