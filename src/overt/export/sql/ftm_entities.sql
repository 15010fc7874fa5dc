-- The schema that each record has in FollowTheMoney; null where it has none. `about`: what decides on its values, by type.
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
