-- Counts, organisations and commitments of a country for `overt show`, from the tables of a release (DuckDB).

-- name: counts
SELECT (SELECT count(*) FROM projects WHERE list_contains(country, ?)) AS projects,
    (SELECT count(*) FROM assessments WHERE country = ?) AS assessments,
    (SELECT count(*) FROM indicators WHERE country = ?) AS indicators,
    (SELECT count(*) FROM agreements WHERE list_contains(party_country, ?)) AS agreements,
    (SELECT count(*) FROM restrictions WHERE country = ?) AS restrictions

-- name: participations
SELECT count(*) AS participations FROM participations WHERE country = ?

-- name: layers
-- Projects by layer. `undocumented`: those that are only announced, cancelled, denied or unverified. `scanners`: of the others,
-- those in surveillance that only scan goods or baggage. Pages about countries count neither as surveillance systems.
SELECT l.id AS layer, any_value(l.label) AS label, count(DISTINCT p.id) AS projects,
    count(DISTINCT p.id) FILTER (p.undocumented) AS undocumented,
    count(DISTINCT p.id) FILTER (l.id = 'surveillance' AND p.scans AND NOT p.undocumented) AS scanners
FROM (
    SELECT id, country, coalesce(status, '') IN ('announced', 'cancelled', 'denied', 'unverified') AS undocumented,
        list_contains(kind, 'security-inspection') AND NOT list_has_any(kind, (
            SELECT list(id) FROM terms
            WHERE vocabulary = 'project-kinds' AND layer IN ('surveillance', 'censorship') AND id <> 'security-inspection'
        )) AS scans
    FROM projects
) AS p
JOIN project_kinds AS k ON k.id = p.id
JOIN terms AS t ON t.vocabulary = 'project-kinds' AND t.id = k.kind
JOIN terms AS l ON l.vocabulary = 'layers' AND l.id = t.layer
WHERE list_contains(p.country, ?)
GROUP BY l.id
ORDER BY projects DESC, l.id

-- name: organizations
WITH here AS (SELECT id FROM projects WHERE list_contains(country, ?)),
named AS (
    SELECT project, organization FROM roles
    UNION
    SELECT project, unnest(financier) FROM commitments
)
SELECT r.id, r.label, count(DISTINCT n.project) AS projects
FROM named AS n
JOIN here ON here.id = n.project
JOIN records AS r ON r.id = n.organization
GROUP BY r.id, r.label
ORDER BY projects DESC, r.label, r.id
LIMIT ?

-- name: commitments
-- The number and the sum of commitments to a country's projects, by unit, without cancelled ones. A commitment without a status
-- has that of its project. Parameters: the country, and ids of commitments to leave out.
SELECT c.amount_unit AS unit, count(*) AS commitments, sum(c.amount) AS amount
FROM commitments AS c
JOIN projects AS p ON p.id = c.project
WHERE list_contains(p.country, ?) AND NOT list_contains(?::VARCHAR[], c.id) AND coalesce(c.status, p.status, 'unknown') <> 'cancelled'
GROUP BY c.amount_unit
ORDER BY c.amount_unit NULLS LAST
