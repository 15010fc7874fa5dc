-- FollowTheMoney entities and statements.

-- name: debtors
-- Recipients of a commitment's money: the organisations that the same source names as recipients in the same project.
SELECT DISTINCT c.id, c.record, c.source, o.target, o.claim_id
FROM ftm.current_claims AS c
JOIN ftm.current_claims AS p ON p.type = 'role' AND p.property = 'project' AND p.target = c.target AND p.source = c.source
JOIN ftm.current_claims AS r ON r.record = p.record AND r.property = 'role' AND r.value = 'recipient'
JOIN ftm.current_claims AS o ON o.record = p.record AND o.property = 'organization'
WHERE c.type = 'commitment' AND c.property = 'project' AND o.target IS NOT NULL;

-- name: entities
-- The FollowTheMoney schema of each record, or null if it has none. `about`: what decides how the values of the record are
-- converted: the kind of a relation, the precision of a place, or the property that names a document.
SELECT o.id, 'organization' AS type, coalesce(k.schema, 'Organization') AS schema, NULL AS about
FROM organizations AS o LEFT JOIN ftm.organization_schemas AS k USING (kind)
UNION ALL
SELECT r.id, 'relation',
    CASE
        WHEN r."from" IS NULL OR r."to" IS NULL THEN NULL
        WHEN r.kind = 'predecessor' THEN 'Succession'
        WHEN r.kind IN ('parent', 'joint-venture') AND owned_from.schema = 'Company' THEN 'Ownership'
        WHEN r.kind IN ('subsidiary', 'share-held') AND owned_to.schema = 'Company' THEN 'Ownership'
        ELSE 'UnknownLink'
    END,
    r.kind
FROM relations AS r
LEFT JOIN organizations AS f ON f.id = r."from" LEFT JOIN ftm.organization_schemas AS owned_from ON owned_from.kind = f.kind
LEFT JOIN organizations AS t ON t.id = r."to" LEFT JOIN ftm.organization_schemas AS owned_to ON owned_to.kind = t.kind
UNION ALL
SELECT id, 'project', 'Project', NULL FROM projects
UNION ALL
SELECT id, 'role', CASE WHEN project IS NOT NULL AND organization IS NOT NULL THEN 'ProjectParticipant' END, NULL FROM roles
UNION ALL
SELECT c.id, 'commitment',
    CASE
        WHEN c.project IS NULL OR len(c.financier) IS NULL THEN NULL
        WHEN c.flow_type IN (SELECT kind FROM ftm.loans) AND c.id IN (SELECT id FROM ftm.debtors) THEN 'Debt'
        ELSE 'ProjectParticipant'
    END,
    NULL
FROM commitments AS c
UNION ALL
SELECT id, 'listing', CASE WHEN organization IS NOT NULL THEN 'Risk' END, NULL FROM listings
UNION ALL
SELECT id, 'place', CASE WHEN kind IS DISTINCT FROM 'route' THEN 'Address' END, "precision" FROM places
UNION ALL
SELECT id, 'document', 'Document', CASE WHEN title IS NOT NULL THEN 'title' WHEN url IS NOT NULL THEN 'url' ELSE 'citation' END FROM documents
UNION ALL
SELECT id, 'agreement', 'Event', NULL FROM agreements
UNION ALL
SELECT id, 'participation', CASE WHEN organization IS NOT NULL AND body IS NOT NULL THEN 'Membership' END, NULL FROM participations;

-- name: claims
-- One row for each claim about an entity, and one for each link that a claim implies: to an address (`@address`), a document
-- (`@proof`) or a debtor (`@debtor`). Each row has the places of the claim's evidence. Rows of the same entity are adjacent.
WITH entity_claims AS (
    SELECT id, record, source, type, property, value, target, original, unit, lang, basis, rule, claim_id FROM ftm.current_claims
    UNION ALL -- a place lists its projects, but in FollowTheMoney the project lists its places
    SELECT s.target, s.value, s.source, 'project', '@address', NULL, s.id, NULL, NULL, NULL, s.basis, s.rule, s.claim_id
    FROM ftm.current_claims AS s JOIN ftm.entities AS e ON e.id = s.id AND e.schema = 'Address'
    WHERE s.type = 'place' AND s.property = 'project' AND s.target IS NOT NULL
    UNION ALL
    SELECT s.id, s.record, s.source, s.type, '@proof', NULL, d.id, NULL, NULL, NULL, s.basis, s.rule, s.claim_id
    FROM ftm.current_claims AS s JOIN members AS d ON d.record = s.document WHERE d.id <> s.id
    UNION ALL
    SELECT d.id, d.record, d.source, 'commitment', '@debtor', NULL, d.target, NULL, NULL, NULL, NULL, NULL, d.claim_id
    FROM ftm.debtors AS d JOIN ftm.entities AS e ON e.id = d.id AND e.schema = 'Debt'
),
files AS ( -- one row per file, with the earliest and the latest of the days on which it was first retrieved for a source
    SELECT sha256, min(retrieved) AS first_retrieved, max(retrieved) AS last_retrieved
    FROM (SELECT sha256, source, min(retrieved) AS retrieved FROM captures GROUP BY ALL)
    GROUP BY sha256
),
places AS (
    SELECT v.claim_id, min(c.first_retrieved) AS first_seen, max(c.last_retrieved) AS last_seen,
        list({'capture': v.capture, 'locator': v.locator, 'document': v.document} ORDER BY v.capture, v.locator, v.document) AS places
    FROM evidence AS v LEFT JOIN files AS c ON c.sha256 = v.capture
    GROUP BY v.claim_id
)
SELECT s.*, e.schema, e.about, r.label, p.first_seen, p.last_seen, p.places
FROM entity_claims AS s
JOIN ftm.entities AS e USING (id)
JOIN records AS r USING (id)
LEFT JOIN places AS p USING (claim_id)
WHERE e.schema IS NOT NULL
ORDER BY s.id, s.record, s.property, s.value, s.target, s.claim_id;
