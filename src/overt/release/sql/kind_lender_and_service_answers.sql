-- Answers about organisations and kinds, countries and kinds, lenders and countries, and services and countries.

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
-- What is recorded about each kind of project in each country, and the years of the indexes that report the kind there.
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
-- commitment to a project in several countries counts in each. A commitment that repeats another of the same financier doesn't
-- count. Cancelled commitments are included.
SELECT f.financier, p.country, f.amount_unit, count(DISTINCT f.project)::INTEGER AS projects, count(DISTINCT f.id)::INTEGER AS commitments,
    count(DISTINCT f.id) FILTER (f.amount IS NOT NULL)::INTEGER AS stated, sum(f.amount)::DECIMAL(38, 4) AS amount,
    count(DISTINCT f.id) FILTER (f.status = 'cancelled')::INTEGER AS cancelled,
    min(year(f.agreed_from))::INTEGER AS first_year, max(year(f.agreed_from))::INTEGER AS last_year
FROM (SELECT DISTINCT * EXCLUDE (financier), unnest(financier) AS financier FROM commitments) AS f
JOIN project_countries AS p ON p.id = f.project
SEMI JOIN organizations AS o ON o.id = f.financier
WHERE p.country IS NOT NULL AND NOT EXISTS (
    FROM repeated_commitments AS r JOIN commitments AS e ON e.id = r.earlier WHERE r.id = f.id AND list_contains(e.financier, f.financier)
)
GROUP BY ALL
ORDER BY f.financier, p.country, f.amount_unit NULLS LAST;

-- name: services
-- What is recorded about each platform or service in each country: restrictions that sources report and, for platforms, network
-- measurements.
WITH named AS (
    SELECT DISTINCT country, unnest(platform) AS service, 'platforms' AS vocabulary, id FROM restrictions
    UNION
    SELECT DISTINCT country, unnest(service), 'services', id FROM restrictions
),
restricted AS (
    SELECT n.country, n.vocabulary, n.service, count(*)::INTEGER AS restrictions,
        list_sort(list_distinct(flatten(list(coalesce(r.kind, []))))) AS kind,
        count(*) FILTER (r.end_to IS NULL)::INTEGER AS without_end,
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
