-- The projects of a question, as the JSON list of ids `:ids`: their participants, money, countries, dates and kinds. Other
-- parameters except `:side` are JSON lists, too. `:seats`: countries; an organisation must have its seat in one of them.
-- `:named_after`: ids of financiers without a recorded seat whose name contains one of these countries. `:financiers`: ids of
-- financiers. `:flows`: types of commitment. `:years`: the first and the last year in which a commitment was agreed. An empty
-- list of seats, financiers, flows or years doesn't limit an answer, except for `:seats` in the query `seated` and `:flows` in
-- `granted`, where it matches nothing.

-- name: suppliers
-- The suppliers and implementers of these projects, with the numbers of projects and of the projects' countries. Announced,
-- cancelled, denied and unverified projects don't count.
-- `:side`: `abroad` for suppliers based outside the project's countries, `domestic` for suppliers based in one; else empty.
SELECT o.id, o.label, o.label_lang, o.label_zh, o.country, count(DISTINCT k.id) AS projects, count(DISTINCT l.country) AS countries,
    max(k.role = 'supplier') AS supplied
FROM project_company AS k
JOIN companies AS o ON o.id = k.organization
JOIN projects AS p ON p.id = k.id
LEFT JOIN project_country AS l ON l.id = k.id
WHERE k.id IN (SELECT value FROM json_each(:ids)) AND k.role IN ('supplier', 'implementer') AND (:seats = '[]' OR o.country IN (SELECT value FROM json_each(:seats)))
    AND (:side = '' OR (o.country IS NOT NULL AND EXISTS (SELECT 1 FROM project_country AS c WHERE c.id = k.id AND c.country = o.country) = (:side = 'domestic')))
    AND p.documented
GROUP BY o.id
ORDER BY projects DESC, o.sort_label, o.id

-- name: supplied_by_status
-- A row for each supplier or implementer, each of these projects in which it has that role, and each country of the project,
-- limited as in `suppliers`. `status`: announced, cancelled, denied or unverified for a project that doesn't count in
-- `suppliers`, else empty.
SELECT DISTINCT o.id, k.id AS project, c.country, iif(p.documented, '', p.status) AS status
FROM project_company AS k
JOIN companies AS o ON o.id = k.organization
JOIN projects AS p ON p.id = k.id
LEFT JOIN project_country AS c ON c.id = k.id
LEFT JOIN terms AS t ON t.vocabulary = 'statuses' AND t.id = p.status
WHERE k.id IN (SELECT value FROM json_each(:ids)) AND k.role IN ('supplier', 'implementer') AND (:seats = '[]' OR o.country IN (SELECT value FROM json_each(:seats)))
    AND (:side = '' OR (o.country IS NOT NULL AND EXISTS (SELECT 1 FROM project_country AS h WHERE h.id = k.id AND h.country = o.country) = (:side = 'domestic')))
ORDER BY t.position, o.id, c.country, k.id

-- name: sided
-- Which of these projects have a supplier or implementer on a side (see `suppliers`); if `:named` has organisations, one of
-- these must be on that side, in any role.
SELECT DISTINCT k.id
FROM project_company AS k
JOIN companies AS o ON o.id = k.organization
WHERE k.id IN (SELECT value FROM json_each(:ids)) AND o.country IS NOT NULL
    AND (:seats = '[]' OR o.country IN (SELECT value FROM json_each(:seats)))
    AND iif(:named = '[]', k.role IN ('supplier', 'implementer'), o.id IN (SELECT value FROM json_each(:named)))
    AND EXISTS (SELECT 1 FROM project_country AS c WHERE c.id = k.id AND c.country = o.country) = (:side = 'domestic')

-- name: years
-- The number of these projects by year. The year is NULL for projects without a date.
SELECT year, count(*) AS projects FROM projects WHERE id IN (SELECT value FROM json_each(:ids)) GROUP BY year ORDER BY year IS NULL, year

-- name: seatless
-- The organisations without a recorded seat that have certain roles in these projects, except those in `:named_after`.
SELECT o.id, o.label, o.label_lang, o.label_zh
FROM companies AS o
WHERE o.country IS NULL AND o.id NOT IN (SELECT value FROM json_each(:named_after)) AND o.id IN (
    SELECT k.organization FROM project_company AS k
    WHERE k.id IN (SELECT value FROM json_each(:ids)) AND k.role IN (SELECT value FROM json_each(:roles))
)
ORDER BY o.projects DESC, o.sort_label, o.id

-- name: lent
-- The commitments of these financiers to these projects: a row for each commitment and financier.
SELECT DISTINCT m.id, m.project, m.amount, m.unit, m.year, k.organization
FROM commitments AS m
JOIN project_company AS k ON k.record = m.id AND k.id = m.project AND k.role = 'financier'
JOIN companies AS o ON o.id = k.organization
WHERE m.project IN (SELECT value FROM json_each(:ids)) AND (:seats = '[]' OR o.country IN (SELECT value FROM json_each(:seats)) OR o.id IN (SELECT value FROM json_each(:named_after)))
    AND (:financiers = '[]' OR o.id IN (SELECT value FROM json_each(:financiers)))
    AND (:flows = '[]' OR coalesce(m.flow_type, '') IN (SELECT value FROM json_each(:flows)))
    AND (:years = '[]' OR m.year BETWEEN :years ->> 0 AND :years ->> 1)

-- name: granted
-- A row for each of these projects with a commitment of these types, and each financier of the commitment, with its country
-- (null if unknown).
SELECT DISTINCT m.project AS id, o.id AS organization, o.label, o.country
FROM commitments AS m
JOIN project_company AS k ON k.record = m.id AND k.id = m.project AND k.role = 'financier'
JOIN companies AS o ON o.id = k.organization
WHERE m.project IN (SELECT value FROM json_each(:ids)) AND m.flow_type IN (SELECT value FROM json_each(:flows))
ORDER BY m.project, o.id

-- name: restating
-- Pairs of these commitments where `id` is or may be the same promise as `other`, so that sums leave `id` out.
SELECT m.id, c.id AS other, m.organization = c.organization AS same_financier
FROM ({{lent}}) AS m
JOIN repeated_commitments AS r ON r.id = m.id
JOIN ({{lent}}) AS c ON c.id = r.earlier

-- name: lenders
-- The financiers of these projects, by unit. A shared commitment counts in full for each financier. A commitment that restates
-- another one of the same financier (see `restating`) is left out. `is_restated`: whether a row's commitments restate those of
-- another financier, so that sums leave them out.
WITH lent AS ({{lent}}), restating AS ({{restating}})
SELECT o.id, o.label, o.label_lang, o.label_zh, o.country, m.unit, count(DISTINCT m.id) AS commitments, count(DISTINCT m.project) AS projects,
    count(m.amount) AS stated, total(m.amount) AS amount, m.id IN (SELECT id FROM restating) AS is_restated
FROM lent AS m
JOIN companies AS o ON o.id = m.organization
WHERE m.id NOT IN (SELECT id FROM restating WHERE same_financier)
GROUP BY o.id, m.unit, is_restated
ORDER BY is_restated, amount DESC, commitments DESC, o.sort_label, o.id, m.unit

-- name: committed
-- The financiers with a commitment to any of these projects.
SELECT DISTINCT organization AS id FROM ({{lent}})

-- name: with_restated
-- The commitments of these financiers to these projects. A shared commitment occurs once. `is_restated`: whether the
-- commitment is or may be the same as another (see `restating`), so that sums leave it out.
SELECT m.id, m.project, m.amount, m.unit, m.id IN (SELECT id FROM ({{restating}})) AS is_restated
FROM (SELECT DISTINCT id, project, amount, unit FROM ({{lent}})) AS m

-- name: commitments_by_project
-- The commitments of these financiers to these projects, by project and unit, without those that restate another one.
SELECT project AS id, unit, count(*) AS commitments, count(amount) AS stated, total(amount) AS amount
FROM ({{with_restated}})
WHERE NOT is_restated
GROUP BY project, unit
ORDER BY amount DESC, project, unit

-- name: undated
-- The commitments of these financiers to these projects that have no date, by project and unit, without those that restate
-- another one.
SELECT m.project AS id, m.unit, count(*) AS commitments, count(m.amount) AS stated, total(m.amount) AS amount
FROM (SELECT DISTINCT id, project, amount, unit, year FROM ({{lent}})) AS m
WHERE m.year IS NULL AND m.id NOT IN (SELECT id FROM ({{restating}}))
GROUP BY m.project, m.unit
ORDER BY amount DESC, m.project, m.unit

-- name: restated
-- The commitments to these projects that restate another one, with the names of the projects.
SELECT m.id, m.project, p.label, p.label_lang, p.label_zh, m.unit, m.amount
FROM ({{with_restated}}) AS m
JOIN projects AS p ON p.id = m.project
WHERE m.is_restated
ORDER BY p.sort_label, m.id

-- name: contract_values
-- The contract values of these projects.
SELECT p.id, p.label, p.label_lang, p.label_zh, CAST(f.value AS REAL) AS amount, f.unit
FROM projects AS p
JOIN facts AS f ON f.id = p.id AND f.property = 'contract-value' AND f.shown
WHERE p.id IN (SELECT value FROM json_each(:ids))
ORDER BY p.sort_label, p.id, f.rank

-- name: descriptions
-- The descriptions of these projects.
SELECT p.id, p.label, p.label_lang, p.label_zh, f.value
FROM projects AS p
JOIN facts AS f ON f.id = p.id AND f.property = 'description' AND f.shown
WHERE p.id IN (SELECT value FROM json_each(:ids))
ORDER BY p.sort_label, p.id, f.rank

-- name: countries
SELECT c.country AS id, count(DISTINCT c.id) AS projects
FROM project_country AS c
WHERE c.id IN (SELECT value FROM json_each(:ids))
GROUP BY c.country
ORDER BY projects DESC, c.country

-- name: countries_of
-- The countries of these projects, by project.
SELECT c.id AS project, c.country AS id
FROM project_country AS c
WHERE c.id IN (SELECT value FROM json_each(:ids))
ORDER BY c.id, c.country

-- name: not_built
-- Which of these projects are announced, cancelled, denied or unverified; with `:seats`, only projects with a supplier or
-- implementer from one of these countries.
SELECT p.id, p.label, p.label_lang, p.label_zh, p.status
FROM projects AS p
LEFT JOIN terms AS t ON t.vocabulary = 'statuses' AND t.id = p.status
WHERE p.id IN (SELECT value FROM json_each(:ids)) AND NOT p.documented AND (:seats = '[]' OR EXISTS (
    SELECT 1
    FROM project_company AS k
    JOIN companies AS o ON o.id = k.organization
    WHERE k.id = p.id AND k.role IN ('supplier', 'implementer') AND o.country IN (SELECT value FROM json_each(:seats))
))
ORDER BY t.position, p.sort_label, p.id

-- name: seated
-- Which of these projects have an organisation in one of `:roles` that has its seat in one of `:seats` or is in `:named_after`.
SELECT DISTINCT k.id
FROM project_company AS k
JOIN companies AS o ON o.id = k.organization
WHERE k.id IN (SELECT value FROM json_each(:ids)) AND k.role IN (SELECT value FROM json_each(:roles)) AND (o.country IN (SELECT value FROM json_each(:seats)) OR o.id IN (SELECT value FROM json_each(:named_after)))

-- name: titles
-- All names of these projects.
SELECT e.id, e.names FROM entries AS e WHERE e.type = 'project' AND e.id IN (SELECT value FROM json_each(:ids))

-- name: supplied_parts
-- The suppliers and implementers of each of these projects, and the kinds that sources state for it.
SELECT k.id, json_group_array(DISTINCT k.organization) AS suppliers,
    (SELECT json_group_array(kind) FROM project_kind AS c WHERE c.id = k.id AND c.said) AS kinds
FROM project_company AS k
WHERE k.id IN (SELECT value FROM json_each(:ids)) AND k.role IN ('supplier', 'implementer')
GROUP BY k.id

-- name: customers
-- The customers and operators of these projects, with the projects and their countries.
SELECT DISTINCT c.country, k.id AS project, o.id, o.label, o.label_lang, o.label_zh, o.sort_label
FROM project_company AS k
JOIN companies AS o ON o.id = k.organization
JOIN project_country AS c ON c.id = k.id
WHERE k.id IN (SELECT value FROM json_each(:ids)) AND k.role IN ('customer', 'operator')
ORDER BY o.sort_label, o.id, c.country, k.id

-- name: countries_by_suppliers
-- The countries of these projects, by the number of suppliers and implementers there. Announced, cancelled, denied and unverified
-- projects don't count. `:side` as in `suppliers`.
SELECT c.country AS id, count(DISTINCT k.organization) AS suppliers, count(DISTINCT c.id) AS projects
FROM project_country AS c
JOIN project_company AS k ON k.id = c.id AND k.role IN ('supplier', 'implementer')
JOIN companies AS o ON o.id = k.organization
JOIN projects AS p ON p.id = c.id
WHERE c.id IN (SELECT value FROM json_each(:ids)) AND (:seats = '[]' OR o.country IN (SELECT value FROM json_each(:seats)))
    AND (:side = '' OR (o.country IS NOT NULL AND EXISTS (SELECT 1 FROM project_country AS h WHERE h.id = k.id AND h.country = o.country) = (:side = 'domestic')))
    AND p.documented
GROUP BY c.country
ORDER BY suppliers DESC, projects DESC, c.country

-- name: project_dates
-- The earliest date of each of these projects, by property. `:properties`: a JSON list, such as `agreed` and `operational`.
SELECT f.id, f.property, min(f.value) AS date
FROM facts AS f
WHERE f.id IN (SELECT value FROM json_each(:ids)) AND f.shown
    AND f.property IN (SELECT value FROM json_each(:properties))
GROUP BY f.id, f.property
ORDER BY f.id, date, f.property

-- name: owners
-- The owners of these projects.
SELECT DISTINCT k.id AS project, o.id, o.label, o.label_lang, o.label_zh, o.sort_label
FROM project_company AS k
JOIN companies AS o ON o.id = k.organization
WHERE k.id IN (SELECT value FROM json_each(:ids)) AND k.role = 'owner'
ORDER BY o.sort_label, o.id, k.id

-- name: operators
-- The organisations with certain roles in these projects; with `:seats`, only those from one of these countries or in
-- `:named_after`.
SELECT o.id, o.label, o.label_lang, o.label_zh, count(DISTINCT k.id) AS projects
FROM project_company AS k
JOIN companies AS o ON o.id = k.organization
WHERE k.id IN (SELECT value FROM json_each(:ids)) AND k.role IN (SELECT value FROM json_each(:roles))
    AND (:seats = '[]' OR o.country IN (SELECT value FROM json_each(:seats)) OR o.id IN (SELECT value FROM json_each(:named_after)))
GROUP BY o.id
ORDER BY projects DESC, o.sort_label, o.id

-- name: kinds
-- The kinds of these projects as sources state them, with the number of projects.
SELECT c.kind AS id, count(DISTINCT c.id) AS projects
FROM project_kind AS c
WHERE c.id IN (SELECT value FROM json_each(:ids)) AND c.said
GROUP BY c.kind
ORDER BY projects DESC, c.kind
