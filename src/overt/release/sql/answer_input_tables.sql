-- Temporary tables from which the tables of answers are made.

-- name: groups
-- The organisations below each organisation, at any depth, and the first and last year in which they may have belonged to it.
-- An organisation belongs to another if it is its subsidiary, if a source counts it under the other, or if the other holds more
-- than half of it.
-- State bodies and intergovernmental organisations don't form a group with the companies that they own.
WITH RECURSIVE owned AS (
    SELECT "to" AS head, "from" AS member, year(start_from) AS first, year(end_to) AS last
    FROM relations
    WHERE kind IN ('parent', 'grouped-under') OR (kind = 'joint-venture' AND share > 50)
    UNION
    SELECT "from", "to", year(start_from), year(end_to)
    FROM relations
    WHERE kind = 'subsidiary' OR (kind = 'share-held' AND share > 50)
),
tie AS (
    SELECT t.*
    FROM owned AS t
    ANTI JOIN (FROM organizations WHERE kind IN ('state-body', 'intergovernmental')) AS b ON b.id = t.head
    WHERE head IS NOT NULL AND member IS NOT NULL AND head <> member
),
below AS (
    SELECT head, member, first, last FROM tie
    UNION
    SELECT b.head, t.member, greatest(b.first, t.first), least(b.last, t.last)
    FROM below AS b
    JOIN tie AS t ON t.head = b.member
    WHERE t.member <> b.head
)
SELECT head, member, first, last FROM below WHERE NOT coalesce(first > last, false) ORDER BY ALL;

-- name: parts
-- The part that each organisation has in projects, indexes, programmes, and agreements other than laws: its own, and that of
-- companies of its group (`through`) in the years in which they belonged to it. An undated part of a former member does not
-- count.
WITH part AS (
    SELECT DISTINCT 'project' AS type, r.project AS id, r.organization, r.role, y.year
    FROM roles AS r
    JOIN answer_years AS y ON y.id = r.project
    UNION
    SELECT 'project', c.project, c.financier, 'financier', y.year
    FROM (SELECT project, unnest(financier) AS financier FROM commitments) AS c
    JOIN answer_years AS y ON y.id = c.project
    UNION
    SELECT 'assessment', id, unnest(supplier), 'supplier', year FROM assessments
    UNION
    SELECT 'programme', id, unnest(supplier), 'supplier', year(start_from) FROM programmes
    UNION
    SELECT 'programme', id, unnest(operator), 'operator', year(start_from) FROM programmes
    UNION
    SELECT 'agreement', id, unnest(party), 'party', year(date_from)
    FROM agreements
    WHERE kind IS NULL OR kind NOT IN (SELECT id FROM terms WHERE vocabulary = 'agreement-kinds' AND 'law' IN (id, broader))
),
named AS (SELECT p.* FROM part AS p SEMI JOIN organizations AS o ON o.id = p.organization)
SELECT organization, type, id, role, organization AS through FROM named
UNION
SELECT g.head, n.type, n.id, n.role, n.organization
FROM named AS n
JOIN answer_groups AS g ON g.member = n.organization
WHERE CASE WHEN n.year IS NULL THEN g.last IS NULL ELSE n.year BETWEEN coalesce(g.first, n.year) AND coalesce(g.last, n.year) END;

-- name: rows
-- The records behind each answer, and the part that the organisation or a company of its group has in them.
SELECT p.organization, c.country, p.type, p.id, p.role, p.through
FROM answer_parts AS p
JOIN (
    SELECT 'project' AS type, id, country FROM project_countries
    UNION ALL SELECT 'assessment', id, country FROM assessments
    UNION ALL SELECT 'programme', id, country FROM programmes
    UNION ALL SELECT DISTINCT 'agreement', id, unnest(party_country) FROM agreements
) AS c ON c.type = p.type AND c.id = p.id
WHERE c.country IS NOT NULL
ORDER BY ALL;

-- name: projects
-- What each organisation and its group did in each project of a country. Projects that are only announced, cancelled, denied or
-- unverified don't count as documented. A customer in the supplier's own group is not a named customer.
WITH part AS (SELECT DISTINCT organization, id, through FROM answer_parts WHERE type = 'project'),
named AS (
    SELECT DISTINCT p.organization, p.id
    FROM part AS p
    JOIN (SELECT DISTINCT project, organization FROM roles WHERE role IN ('customer', 'operator')) AS k ON k.project = p.id
    ANTI JOIN part AS g ON g.organization = p.organization AND g.id = p.id AND g.through = k.organization
)
SELECT r.organization, r.country, r.id, y.year,
    coalesce(p.status, 'unknown') NOT IN ('announced', 'cancelled', 'denied', 'unverified') AS documented,
    r.id IN (SELECT id FROM project_kinds WHERE kind = 'submarine-cable') AS cable,
    bool_or(r.role IN ('supplier', 'implementer')) AS supplies,
    bool_or(r.role IN ('owner', 'operator')) AS owns,
    bool_or(r.role = 'financier') AS finances,
    bool_and(r.role = 'financier') AS only_finances,
    bool_or(r.through = r.organization) AS own,
    list(DISTINCT r.through ORDER BY r.through) AS through,
    bool_or(n.id IS NOT NULL) AS customer_named
FROM answer_rows AS r
JOIN projects AS p ON p.id = r.id
JOIN answer_years AS y ON y.id = r.id
LEFT JOIN named AS n ON n.organization = r.organization AND n.id = r.id
WHERE r.type = 'project'
GROUP BY r.organization, r.country, r.id, y.year, p.status;

-- name: financiers
-- The financiers of each documented project of an answer, other than the organisation and the companies of its group that have a
-- part in the project. Projects in which these are only financiers are left out.
SELECT p.organization, p.country, p.id, f.financier
FROM answer_projects AS p
JOIN (SELECT DISTINCT id, through AS financier FROM answer_parts WHERE role = 'financier') AS f USING (id)
WHERE p.documented AND NOT p.only_finances AND NOT list_contains(p.through, f.financier) AND f.financier <> p.organization;
