-- Projects whose system somebody denies (status `denied`), and what documents them apart from the denial.

-- name: stated
-- The denials of a project's system: for each, the claim that calls the statement a denial, and the record of the project.
-- Projects to which a claim already gives the status `denied` are left out.
SELECT DISTINCT k.claim_id, k.source, k.snapshot, a.target AS id, a.value AS record, k.document
FROM claims_out AS k
JOIN claims_out AS a ON a.record = k.record AND a.source = k.source AND a.type = 'statement' AND a.property = 'about' AND a.standing = 'current'
JOIN claims_out AS p ON p.record = k.record AND p.source = k.source AND p.type = 'statement' AND p.property = 'concerns' AND p.value = 'system'
    AND p.standing = 'current'
WHERE k.type = 'statement' AND k.property = 'kind' AND k.value = 'denial' AND k.standing = 'current' AND a.target IS NOT NULL
    AND a.target NOT IN (SELECT id FROM claims_out WHERE type = 'project' AND property = 'status' AND value = 'denied' AND standing = 'current')
ORDER BY ALL;

-- name: with_statuses
-- All claims, including those in `denied_statuses`, in the order of a release's claims.
FROM (FROM claims_out UNION ALL BY NAME FROM denied_statuses)
ORDER BY id, property, coalesce(target, value), unit, claim_id;

-- name: with_places
-- All evidence. The evidence of each denial is repeated for the claim that gives the status `denied`.
FROM (
    FROM evidence
    UNION ALL BY NAME
    SELECT e.* REPLACE (d.status_claim AS claim_id) FROM evidence AS e JOIN denial_claims AS d ON d.claim_id = e.claim_id
)
ORDER BY ALL;

-- name: origins
-- The origins of claims about the kind and the participants of denied projects: the documents that these claims cite, or their
-- sources if they cite none. Documents that give the status `denied`, and those with a denial or reply about the project, don't
-- count. If a source gives the status, denies or replies without a document, its other claims without a document don't count
-- either. A project without any other origin has no row. `condition` limits the projects by their `id`.
WITH cited AS ( -- a claim can cite several documents
    SELECT c.claim_id, c.id, c.source, c.record, c.type, c.property, coalesce(c.target, c.value) AS value, m.id AS document
    FROM claims_out AS c
    LEFT JOIN claim_documents AS e USING (claim_id)
    LEFT JOIN members AS m ON m.record = coalesce(e.document, c.document)
    WHERE c.standing IN ('current', 'outweighed') AND c.type IN ('project', 'role', 'statement')
),
denied AS (SELECT id, source, document FROM cited WHERE type = 'project' AND property = 'status' AND value = 'denied' AND (${condition})),
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
-- The projects to which a claim gives the status `denied`, whether it is outweighed or not, if they meet the condition.
SELECT DISTINCT id FROM claims_out
WHERE type = 'project' AND property = 'status' AND value = 'denied' AND standing <> 'retracted' AND (${condition})
ORDER BY id;

-- name: claims
-- All claims, in the order of a release's claims. For each project in `weighed_denials`, either the status `denied` or all its
-- other statuses are outweighed.
SELECT c.* REPLACE (CASE WHEN c.standing = 'current' AND (c.value = 'denied') = w.is_outweighed THEN 'outweighed' ELSE c.standing END AS standing)
FROM claims_out AS c
LEFT JOIN weighed_denials AS w ON w.id = c.id AND c.type = 'project' AND c.property = 'status'
ORDER BY c.id, c.property, coalesce(c.target, c.value), c.unit, c.claim_id;
