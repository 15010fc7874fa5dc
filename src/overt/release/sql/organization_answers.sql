-- Answers: what is recorded about an organisation in a country.

-- name: roles
-- Number of documented projects of each answer by layer and role. A project with two layers counts in both. The layer is empty
-- for projects without one.
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
-- Number of documented projects, other than submarine cables, that an organisation or its group supplied or carried out, by
-- layer. Projects without a layer are left out.
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
-- First and last year of documented projects, and how many of them have a year, by the part that the organisation or its group
-- has in them.
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

-- name: financed_by_others
-- Number of documented projects of each answer that are financed by an organisation in its column `financier`. Answers without
-- such projects have no row.
SELECT organization, country, count(DISTINCT id) AS projects
FROM answer_financiers
GROUP BY organization, country
ORDER BY organization, country;

-- name: answers
-- One row for each pair of an organisation and a country about which anything is recorded.
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
    SELECT organization, country, financier, count(*) AS projects FROM answer_financiers GROUP BY organization, country, financier
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
-- The origins of the claims behind each answer: source, cited document, and the day of the evidence. The day is the date of the
-- cited document (null if it has none) or, without such a document, the source's own date.
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
    LEFT JOIN claim_documents AS e USING (claim_id)
    LEFT JOIN members AS m ON m.record = coalesce(e.document, c.document)
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
