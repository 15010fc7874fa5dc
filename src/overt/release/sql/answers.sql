-- Answers: what is recorded about an organisation in a country, and about other pairs that readers ask about.

-- name: groups
-- The organisations below each organisation, at any depth, and the first and last year in which they may have belonged to it: as
-- a subsidiary, as counted by a source under the parent, or by a share of more than half. States own companies without being a
-- group.
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
-- Parts of each organisation, and of its group (`through`) in the years in which they belonged together. An undated part of a
-- former member does not count.
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
-- unverified are not documented. A customer in the supplier's own group is not a named customer.
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

-- name: roles
-- Documented projects of each answer by layer and role. A project with two layers counts in both. Unknown kinds have an empty
-- layer.
WITH layer AS (
    SELECT DISTINCT k.id, t.layer FROM project_kinds AS k JOIN terms AS t ON t.vocabulary = 'project-kinds' AND t.id = k.kind WHERE k.said
)
SELECT r.organization, r.country, coalesce(l.layer, '') AS layer, r.role, count(DISTINCT r.id)::INTEGER AS projects
FROM answer_rows AS r
JOIN answer_projects AS p ON p.organization = r.organization AND p.country = r.country AND p.id = r.id AND p.documented
LEFT JOIN layer AS l ON l.id = r.id
WHERE r.type = 'project'
GROUP BY ALL
ORDER BY ALL;

-- name: supplied_layers
-- Documented projects, other than submarine cables, that an organisation and its group supplied or carried out, by layer.
WITH layer AS (
    SELECT DISTINCT k.id, t.layer FROM project_kinds AS k JOIN terms AS t ON t.vocabulary = 'project-kinds' AND t.id = k.kind WHERE k.said
)
SELECT p.organization, p.country, l.layer, count(*) AS projects
FROM answer_projects AS p
JOIN layer AS l USING (id)
WHERE p.documented AND p.supplies AND NOT p.cable AND l.layer IS NOT NULL
GROUP BY ALL
ORDER BY p.organization, p.country, projects DESC, l.layer;

-- name: part_years
-- The years of documented projects by the part that the organisation and its group have in them, and how many have a year.
WITH part AS (
    SELECT organization, country, year, CASE WHEN cable THEN 'cables_supplied' ELSE 'supplied' END AS part
    FROM answer_projects WHERE documented AND supplies
    UNION ALL
    SELECT organization, country, year, CASE WHEN cable THEN 'cables_owned' ELSE 'owned' END
    FROM answer_projects WHERE documented AND owns AND NOT supplies
    UNION ALL
    SELECT organization, country, year, 'financed' FROM answer_projects WHERE documented AND finances
    UNION ALL
    SELECT organization, country, year, 'other_parts'
    FROM answer_projects WHERE documented AND NOT supplies AND NOT owns AND NOT finances
)
SELECT organization, country, part, min(year) AS first_year, max(year) AS last_year, count(year) AS dated
FROM part
WHERE year IS NOT NULL
GROUP BY ALL
ORDER BY ALL;

-- name: answers
-- One row for each organisation and country with anything recorded.
WITH counted AS (
    SELECT organization, country,
        count(*) FILTER (documented)::INTEGER AS projects,
        count(*) FILTER (documented AND supplies AND NOT cable)::INTEGER AS supplied,
        count(*) FILTER (documented AND supplies AND NOT cable AND customer_named)::INTEGER AS named_customers,
        count(*) FILTER (documented AND supplies AND cable)::INTEGER AS cables_supplied,
        count(*) FILTER (documented AND owns AND NOT supplies AND NOT cable)::INTEGER AS owned,
        count(*) FILTER (documented AND owns AND NOT supplies AND cable)::INTEGER AS cables_owned,
        count(*) FILTER (documented AND finances)::INTEGER AS financed,
        count(*) FILTER (documented AND NOT supplies AND NOT owns AND NOT finances)::INTEGER AS other_parts,
        count(*) FILTER (NOT documented)::INTEGER AS not_built,
        count(*) FILTER (documented AND NOT own)::INTEGER AS group_projects,
        min(year) FILTER (documented) AS first_year, max(year) FILTER (documented) AS last_year
    FROM answer_projects
    GROUP BY organization, country
),
through AS (
    SELECT organization, country, list(DISTINCT through ORDER BY through) AS through
    FROM answer_rows
    WHERE through <> organization
    GROUP BY organization, country
),
kinds AS (
    SELECT p.organization, p.country, list(DISTINCT k.kind ORDER BY k.kind) AS kind
    FROM answer_projects AS p
    JOIN project_kinds AS k USING (id)
    WHERE p.documented
    GROUP BY p.organization, p.country
),
indexes AS (
    SELECT r.organization, r.country, list(DISTINCT a.year ORDER BY a.year) AS index_years
    FROM answer_rows AS r
    JOIN assessments AS a USING (id)
    WHERE r.type = 'assessment'
    GROUP BY r.organization, r.country
),
other AS (
    SELECT organization, country, count(DISTINCT id) FILTER (type = 'programme')::INTEGER AS programmes,
        count(DISTINCT id) FILTER (type = 'agreement')::INTEGER AS agreements
    FROM answer_rows
    GROUP BY organization, country
),
lender AS (
    SELECT p.organization, p.country, f.financier, count(DISTINCT p.id) AS projects
    FROM answer_projects AS p
    JOIN (SELECT project AS id, unnest(financier) AS financier FROM commitments) AS f USING (id)
    WHERE p.documented AND NOT p.only_finances AND NOT list_contains(p.through, f.financier) AND f.financier <> p.organization
    GROUP BY p.organization, p.country, f.financier
),
lenders AS (
    SELECT organization, country, list(financier ORDER BY projects DESC, financier) AS financier FROM lender GROUP BY organization, country
),
listed AS (
    SELECT organization, count(DISTINCT list)::INTEGER AS lists FROM listings WHERE "current" GROUP BY organization
)
SELECT o.organization, o.country,
    CASE
        WHEN c.named_customers > 0 THEN 'named-customer'
        WHEN c.projects > c.cables_owned OR o.programmes > 0 THEN 'documented'
        WHEN i.index_years IS NOT NULL THEN 'index'
        WHEN o.agreements > 0 THEN 'agreement'
        WHEN c.cables_owned > 0 THEN 'cable-owner'
        ELSE 'not-built'
    END AS strength,
    coalesce(c.projects, 0) AS projects, coalesce(c.supplied, 0) AS supplied, coalesce(c.named_customers, 0) AS named_customers,
    coalesce(c.cables_supplied, 0) AS cables_supplied, coalesce(c.owned, 0) AS owned, coalesce(c.cables_owned, 0) AS cables_owned,
    coalesce(c.financed, 0) AS financed, coalesce(c.other_parts, 0) AS other_parts, coalesce(c.not_built, 0) AS not_built,
    coalesce(c.group_projects, 0) AS group_projects, coalesce(t.through, []) AS through, coalesce(k.kind, []) AS kind,
    coalesce(i.index_years, []) AS index_years, o.programmes, o.agreements, coalesce(l.lists, 0) AS lists, coalesce(m.financier, []) AS financier,
    c.first_year, c.last_year
FROM other AS o
LEFT JOIN counted AS c USING (organization, country)
LEFT JOIN through AS t USING (organization, country)
LEFT JOIN kinds AS k USING (organization, country)
LEFT JOIN indexes AS i USING (organization, country)
LEFT JOIN lenders AS m USING (organization, country)
LEFT JOIN listed AS l USING (organization)
ORDER BY o.organization, o.country;

-- name: evidence
-- The claims behind each answer: source, cited document, and the day of the evidence, which is the document's or else the day on
-- which the source was current.
WITH record AS (
    SELECT r.organization, r.country, k.id
    FROM answer_rows AS r
    JOIN roles AS k ON k.project = r.id AND k.organization = r.through AND k.role = r.role
    WHERE r.type = 'project'
    UNION
    SELECT r.organization, r.country, c.id
    FROM answer_rows AS r
    JOIN commitments AS c ON c.project = r.id AND list_contains(c.financier, r.through)
    WHERE r.type = 'project' AND r.role = 'financier'
    UNION
    SELECT organization, country, id FROM answer_rows WHERE type <> 'project'
),
origin AS (
    SELECT DISTINCT c.id, c.source, m.id AS document
    FROM claims_out AS c
    LEFT JOIN members AS m ON m.record = c.document
    WHERE c.standing = 'current' AND c.id IN (SELECT id FROM record)
)
SELECT r.organization, r.country, o.source, o.document, coalesce(d.published, s.as_of) AS day
FROM record AS r
JOIN origin AS o USING (id)
LEFT JOIN documents AS d ON d.id = o.document
LEFT JOIN sources AS s ON s.source = o.source AND o.document IS NULL
GROUP BY ALL
ORDER BY ALL;

-- name: labels
-- The labels of all organisations, with a Chinese name if a source has one.
WITH chinese AS (
    SELECT id, min_by(value, (CASE property WHEN 'alias' THEN 1 ELSE 0 END, rank, value)) AS label
    FROM "values" WHERE type = 'organization' AND property IN ('name', 'alias') AND lang LIKE 'zh%' GROUP BY id
)
SELECT r.id, r.label, c.label AS label_zh
FROM records AS r
LEFT JOIN chinese AS c USING (id)
WHERE r.type = 'organization';

-- name: organization_kinds
-- What each organisation and its group did in each kind of project, and in which countries. Indexes don't count here, because they
-- don't say who supplies what.
SELECT p.organization, k.kind,
    count(DISTINCT p.id) FILTER (p.documented)::INTEGER AS projects,
    count(DISTINCT p.id) FILTER (p.documented AND p.supplies)::INTEGER AS supplied,
    count(DISTINCT p.id) FILTER (p.documented AND p.supplies AND p.customer_named)::INTEGER AS named_customers,
    count(DISTINCT p.id) FILTER (p.documented AND p.finances)::INTEGER AS financed,
    count(DISTINCT p.id) FILTER (NOT p.documented)::INTEGER AS not_built,
    list(DISTINCT p.country ORDER BY p.country) FILTER (p.documented) AS country,
    min(p.year) FILTER (p.documented) AS first_year, max(p.year) FILTER (p.documented) AS last_year
FROM answer_projects AS p
JOIN project_kinds AS k USING (id)
GROUP BY ALL
ORDER BY p.organization, k.kind;

-- name: country_kinds
-- What is recorded about each kind of project in each country, and the editions of indexes that report the kind there.
WITH supplier AS (SELECT DISTINCT project AS id, organization FROM roles WHERE role IN ('supplier', 'implementer')),
customer AS (SELECT DISTINCT project AS id FROM roles WHERE role IN ('customer', 'operator')),
project AS (
    SELECT c.country, k.kind, c.id, y.year,
        coalesce(p.status, 'unknown') NOT IN ('announced', 'cancelled', 'denied', 'unverified') AS documented
    FROM project_countries AS c
    JOIN project_kinds AS k USING (id)
    JOIN projects AS p USING (id)
    JOIN answer_years AS y USING (id)
    WHERE c.country IS NOT NULL
),
counted AS (
    SELECT p.country, p.kind, count(DISTINCT p.id) FILTER (p.documented)::INTEGER AS projects,
        count(DISTINCT p.id) FILTER (p.documented AND s.id IS NOT NULL AND u.id IS NOT NULL)::INTEGER AS named_customers,
        count(DISTINCT p.id) FILTER (NOT p.documented)::INTEGER AS not_built,
        count(DISTINCT s.organization) FILTER (p.documented)::INTEGER AS suppliers,
        min(p.year) FILTER (p.documented) AS first_year, max(p.year) FILTER (p.documented) AS last_year
    FROM project AS p
    LEFT JOIN supplier AS s USING (id)
    LEFT JOIN customer AS u USING (id)
    GROUP BY p.country, p.kind
),
indexed AS (
    SELECT country, kind, list(DISTINCT year ORDER BY year) AS index_years
    FROM (SELECT country, unnest(kind) AS kind, year FROM assessments)
    GROUP BY country, kind
)
SELECT country, kind, coalesce(c.projects, 0) AS projects, coalesce(c.named_customers, 0) AS named_customers, coalesce(c.not_built, 0) AS not_built,
    coalesce(c.suppliers, 0) AS suppliers, coalesce(i.index_years, []) AS index_years, c.first_year, c.last_year
FROM counted AS c
FULL JOIN indexed AS i USING (country, kind)
ORDER BY country, kind;

-- name: lenders
-- Each financier's commitments to projects in each country, by unit. A shared commitment counts in full for each financier, and a
-- commitment to a project in several countries counts in each.
SELECT f.financier, p.country, f.amount_unit, count(DISTINCT f.project)::INTEGER AS projects, count(DISTINCT f.id)::INTEGER AS commitments,
    count(DISTINCT f.id) FILTER (f.amount IS NOT NULL)::INTEGER AS stated, sum(f.amount)::DECIMAL(38, 4) AS amount,
    count(DISTINCT f.id) FILTER (f.status = 'cancelled')::INTEGER AS cancelled,
    min(year(f.agreed_from))::INTEGER AS first_year, max(year(f.agreed_from))::INTEGER AS last_year
FROM (SELECT DISTINCT * EXCLUDE (financier), unnest(financier) AS financier FROM commitments) AS f
JOIN project_countries AS p ON p.id = f.project
SEMI JOIN organizations AS o ON o.id = f.financier
WHERE p.country IS NOT NULL
GROUP BY ALL
ORDER BY f.financier, p.country, f.amount_unit NULLS LAST;

-- name: services
-- What is recorded about each service in each country: restrictions that sources report, and network measurements by quarter.
WITH named AS (
    SELECT DISTINCT country, unnest(platform) AS service, 'platforms' AS vocabulary, id FROM restrictions
    UNION
    SELECT DISTINCT country, unnest(service), 'services', id FROM restrictions
),
restricted AS (
    SELECT n.country, n.vocabulary, n.service, count(*)::INTEGER AS restrictions,
        list_sort(list_distinct(flatten(list(coalesce(r.kind, []))))) AS kind,
        count(*) FILTER (r."end" IS NULL)::INTEGER AS without_end,
        min(year(r.start_from))::INTEGER AS first_year, max(year(coalesce(r.end_from, r.start_from)))::INTEGER AS last_year
    FROM named AS n
    JOIN restrictions AS r USING (id)
    WHERE n.country IS NOT NULL
    GROUP BY n.country, n.vocabulary, n.service
),
tested AS (
    SELECT platform, domain AS name FROM platform_domains
    UNION SELECT platform, 'www.' || domain FROM platform_domains
    UNION SELECT platform, test_name FROM platform_tests
),
measured AS (
    SELECT q.country, 'platforms' AS vocabulary, t.platform AS service, sum(q.measurements)::INTEGER AS measurements, min(q.first_day) AS measured_from,
        max(q.last_day) AS measured_to, max(q.last_day) FILTER (q.state = 'blocked') AS last_blocked
    FROM measured_quarters AS q
    JOIN tested AS t ON t.name = q.domain
    WHERE q.asn IS NULL
    GROUP BY q.country, t.platform
)
SELECT country, vocabulary, service, coalesce(r.restrictions, 0) AS restrictions, coalesce(r.kind, []) AS kind, coalesce(r.without_end, 0) AS without_end,
    r.first_year, r.last_year, coalesce(m.measurements, 0) AS measurements, m.measured_from, m.measured_to, m.last_blocked
FROM restricted AS r
FULL JOIN measured AS m USING (country, vocabulary, service)
ORDER BY country, vocabulary, service;
