-- Answers to questions about projects, organisations, restrictions and agreements. These parameters are JSON
-- lists. `:ids`: the ids of projects or organisations. `:seats`: countries, in one of which an organisation must have its seat.
-- `:financiers`: ids of financiers. `:flows`: types of commitment. An empty list of the last three doesn't limit an answer,
-- except in the query `seated`.

-- name: suppliers
-- The suppliers and implementers of these projects, with the numbers of projects and of the projects' countries. Announced,
-- cancelled, denied and unverified projects don't count.
-- `:side`: `abroad` or `domestic` for suppliers with their seat outside or in the project's countries, else empty.
SELECT o.id, o.label, o.label_lang, o.label_zh, o.country, count(DISTINCT k.id) AS projects, count(DISTINCT l.country) AS countries,
    max(k.role = 'supplier') AS supplied
FROM project_company AS k
JOIN companies AS o ON o.id = k.organization
JOIN projects AS p ON p.id = k.id
LEFT JOIN project_country AS l ON l.id = k.id
WHERE k.id IN (SELECT value FROM json_each(:ids)) AND k.role IN ('supplier', 'implementer') AND (:seats = '[]' OR o.country IN (SELECT value FROM json_each(:seats)))
    AND (:side = '' OR (o.country IS NOT NULL AND EXISTS (SELECT 1 FROM project_country AS c WHERE c.id = k.id AND c.country = o.country) = (:side = 'domestic')))
    AND coalesce(p.status, 'unknown') NOT IN ('announced', 'cancelled', 'denied', 'unverified')
GROUP BY o.id
ORDER BY projects DESC, o.sort_label, o.id

-- name: sided
-- Which of these projects have a supplier or implementer on a side (see `suppliers`); with `:named`, one of these organisations in any role.
SELECT DISTINCT k.id
FROM project_company AS k
JOIN companies AS o ON o.id = k.organization
WHERE k.id IN (SELECT value FROM json_each(:ids)) AND o.country IS NOT NULL
    AND (:seats = '[]' OR o.country IN (SELECT value FROM json_each(:seats)))
    AND iif(:named = '[]', k.role IN ('supplier', 'implementer'), o.id IN (SELECT value FROM json_each(:named)))
    AND EXISTS (SELECT 1 FROM project_country AS c WHERE c.id = k.id AND c.country = o.country) = (:side = 'domestic')

-- name: years
-- The number of these projects by year; NULL for those without a date.
SELECT year, count(*) AS projects FROM projects WHERE id IN (SELECT value FROM json_each(:ids)) GROUP BY year ORDER BY year IS NULL, year

-- name: seatless
-- The organisations with certain roles in these projects whose seat is not recorded.
SELECT o.id, o.label, o.label_lang, o.label_zh
FROM companies AS o
WHERE o.country IS NULL AND o.id IN (
    SELECT k.organization FROM project_company AS k
    WHERE k.id IN (SELECT value FROM json_each(:ids)) AND k.role IN (SELECT value FROM json_each(:roles))
)
ORDER BY o.projects DESC, o.sort_label, o.id

-- name: organization_seats
-- The seats of organisations, as far as they are recorded.
SELECT id, country FROM companies WHERE country IS NOT NULL AND id IN (SELECT value FROM json_each(:ids))

-- name: lenders
-- The financiers of these projects, by unit. A shared commitment counts in full for each financier.
SELECT o.id, o.label, o.label_lang, o.label_zh, o.country, m.unit, count(DISTINCT m.id) AS commitments, count(DISTINCT m.project) AS projects,
    count(m.amount) AS stated, total(m.amount) AS amount
FROM commitments AS m
JOIN project_company AS k ON k.record = m.id AND k.id = m.project AND k.role = 'financier'
JOIN companies AS o ON o.id = k.organization
WHERE m.project IN (SELECT value FROM json_each(:ids)) AND (:seats = '[]' OR o.country IN (SELECT value FROM json_each(:seats)))
    AND (:financiers = '[]' OR o.id IN (SELECT value FROM json_each(:financiers)))
    AND (:flows = '[]' OR m.flow_type IN (SELECT value FROM json_each(:flows)))
GROUP BY o.id, m.unit
ORDER BY amount DESC, commitments DESC, o.sort_label, o.id, m.unit

-- name: commitments
-- The commitments to these projects, by unit. A shared commitment counts once.
SELECT m.unit, count(*) AS commitments, count(m.amount) AS stated, total(m.amount) AS amount
FROM commitments AS m
WHERE m.project IN (SELECT value FROM json_each(:ids)) AND EXISTS (
    SELECT 1
    FROM project_company AS k
    JOIN companies AS o ON o.id = k.organization
    WHERE k.record = m.id AND k.id = m.project AND k.role = 'financier' AND (:seats = '[]' OR o.country IN (SELECT value FROM json_each(:seats)))
        AND (:financiers = '[]' OR o.id IN (SELECT value FROM json_each(:financiers)))
)
    AND (:flows = '[]' OR m.flow_type IN (SELECT value FROM json_each(:flows)))
GROUP BY m.unit
ORDER BY m.unit IS NULL, amount DESC

-- name: contract_values
-- The contract values of these projects.
SELECT p.id, p.label, p.label_lang, p.label_zh, CAST(f.value AS REAL) AS amount, f.unit
FROM projects AS p
JOIN facts AS f ON f.id = p.id AND f.property = 'contract-value' AND f.shown
WHERE p.id IN (SELECT value FROM json_each(:ids))
ORDER BY p.sort_label, p.id, f.rank

-- name: countries
SELECT c.country AS id, count(DISTINCT c.id) AS projects
FROM project_country AS c
WHERE c.id IN (SELECT value FROM json_each(:ids))
GROUP BY c.country
ORDER BY projects DESC, c.country

-- name: restrictions
-- The number of restrictions of certain kinds, by country; with years, of those that were possibly in force in these years.
SELECT c.value AS id, count(DISTINCT k.id) AS restrictions
FROM facts AS k
JOIN facts AS c ON c.id = k.id AND c.property = 'country' AND c.shown
JOIN records AS r ON r.id = k.id AND r.type = 'restriction'
LEFT JOIN spans AS s ON s.id = k.id
WHERE k.property = 'kind' AND k.shown AND k.value IN (SELECT value FROM json_each(:kinds))
    AND (:countries = '[]' OR c.value IN (SELECT value FROM json_each(:countries)))
    AND (:last IS NULL OR s.begin_earliest <= :last) AND (:first IS NULL OR s.end_latest IS NULL OR s.end_latest > :first)
GROUP BY c.value
ORDER BY restrictions DESC, c.value

-- name: restricting
-- The countries with recorded restrictions or measurements, those with the most restrictions first.
SELECT id, sum(restrictions) AS restrictions
FROM (
    SELECT c.value AS id, count(*) AS restrictions
    FROM records AS r JOIN facts AS c ON c.id = r.id AND c.property = 'country' AND c.shown
    WHERE r.type = 'restriction'
    GROUP BY c.value
    UNION ALL SELECT DISTINCT country, 0 FROM observed_series WHERE country IS NOT NULL
    UNION ALL SELECT DISTINCT country, 0 FROM measured_quarters WHERE country IS NOT NULL
)
GROUP BY id
ORDER BY restrictions DESC, id

-- name: agreements
-- Agreements with their kind, date (else that of adoption or entry into force), countries, texts and topics. `:kinds`: a JSON
-- list, or `[]` for all.
SELECT r.id, r.label, r.label_lang, r.label_zh, k.value AS kind,
    (SELECT value FROM facts WHERE id = r.id AND property IN ('date', 'adopted', 'in-force') AND shown
        ORDER BY property <> 'date', property <> 'adopted', rank LIMIT 1) AS date,
    (SELECT json_group_array(value) FROM (SELECT DISTINCT value FROM facts WHERE id = r.id AND property = 'party-country' AND shown ORDER BY value)) AS countries,
    (SELECT json_group_array(value) FROM (SELECT DISTINCT value FROM facts WHERE id = r.id AND property = 'party' AND shown ORDER BY value)) AS parties,
    (SELECT group_concat(value, ' ') FROM facts WHERE id = r.id AND property IN ('name', 'subject')) AS texts,
    (SELECT group_concat(f.value, ' ') FROM provisions AS p JOIN facts AS f ON f.id = p.id AND f.property = 'note' AND f.shown WHERE p.agreement = r.id) AS provision_texts,
    (SELECT json_group_array(topic) FROM (SELECT DISTINCT topic FROM provisions WHERE agreement = r.id AND topic <> '' ORDER BY topic)) AS topics
FROM records AS r
LEFT JOIN facts AS k ON k.id = r.id AND k.property = 'kind' AND k.shown AND k.rank = (
    SELECT min(rank) FROM facts WHERE id = r.id AND property = 'kind' AND shown
)
WHERE r.type = 'agreement' AND (:kinds = '[]' OR k.value IN (SELECT value FROM json_each(:kinds)))
ORDER BY r.label, r.id

-- name: not_built
-- Which of these projects are announced, cancelled, denied or unverified; with seats, only projects with a supplier from there.
SELECT p.id, p.label, p.label_lang, p.label_zh, p.status
FROM projects AS p
LEFT JOIN terms AS t ON t.vocabulary = 'statuses' AND t.id = p.status
WHERE p.id IN (SELECT value FROM json_each(:ids)) AND p.status IN ('announced', 'cancelled', 'denied', 'unverified') AND (:seats = '[]' OR EXISTS (
    SELECT 1
    FROM project_company AS k
    JOIN companies AS o ON o.id = k.organization
    WHERE k.id = p.id AND k.role IN ('supplier', 'implementer') AND o.country IN (SELECT value FROM json_each(:seats))
))
ORDER BY t.position, p.sort_label, p.id

-- name: financed
-- The number of projects in which organisations have a part, and in which they are financiers.
SELECT organization AS id, count(DISTINCT id) AS projects, count(DISTINCT iif(role = 'financier', id, NULL)) AS financed
FROM project_company
WHERE organization IN (SELECT value FROM json_each(:ids))
GROUP BY organization

-- name: beginnings
-- The names of the most important projects with a name that begins with a word.
SELECT e.names FROM search AS s JOIN entries AS e ON e.n = s.rowid WHERE search MATCH :words AND e.type = 'project' LIMIT 100

-- name: project_words
-- Names of projects that contain a string.
SELECT names FROM entries WHERE type = 'project' AND names LIKE '%' || :word || '%' LIMIT 20

-- name: organization_names
-- The names of organisations, most important first.
SELECT names FROM entries WHERE type = 'organization' ORDER BY n LIMIT :most

-- name: seated
-- Which of these projects have an organisation with one of these roles from one of these countries.
SELECT DISTINCT k.id
FROM project_company AS k
JOIN companies AS o ON o.id = k.organization
WHERE k.id IN (SELECT value FROM json_each(:ids)) AND k.role IN (SELECT value FROM json_each(:roles)) AND o.country IN (SELECT value FROM json_each(:seats))

-- name: group
-- The companies of the organisations' groups, and the groups that these organisations belong to.
SELECT DISTINCT iif(r.organization IN (SELECT value FROM json_each(:ids)), r.through, r.organization) AS id
FROM answer_rows AS r
WHERE r.organization <> r.through AND (r.organization IN (SELECT value FROM json_each(:ids)) OR r.through IN (SELECT value FROM json_each(:ids)))

-- name: titles
-- All names of these projects.
SELECT e.id, e.names FROM entries AS e WHERE e.type = 'project' AND e.id IN (SELECT value FROM json_each(:ids))

-- name: supplied_parts
-- The suppliers of these projects, and the kinds that sources give to the projects.
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
    AND coalesce(p.status, 'unknown') NOT IN ('announced', 'cancelled', 'denied', 'unverified')
GROUP BY c.country
ORDER BY suppliers DESC, projects DESC, c.country

-- name: commitments_by_project
-- The commitments of these financiers to these projects, by project and unit.
SELECT m.project AS id, m.unit, count(*) AS commitments, count(m.amount) AS stated, total(m.amount) AS amount
FROM commitments AS m
WHERE m.project IN (SELECT value FROM json_each(:ids)) AND EXISTS (
    SELECT 1
    FROM project_company AS k
    JOIN companies AS o ON o.id = k.organization
    WHERE k.record = m.id AND k.id = m.project AND k.role = 'financier' AND (:seats = '[]' OR o.country IN (SELECT value FROM json_each(:seats)))
        AND (:financiers = '[]' OR o.id IN (SELECT value FROM json_each(:financiers)))
)
    AND (:flows = '[]' OR m.flow_type IN (SELECT value FROM json_each(:flows)))
GROUP BY m.project, m.unit
ORDER BY amount DESC, m.project, m.unit

-- name: titled
-- The names of records of certain types, most important first, with the countries of each. `:types`: a JSON list.
SELECT e.type, e.id, e.label, e.names,
    (SELECT json_group_array(value) FROM facts WHERE id = e.id AND property IN ('party-country', 'country') AND shown) AS countries
FROM entries AS e
WHERE e.type IN (SELECT value FROM json_each(:types))
ORDER BY e.n
LIMIT :most

-- name: record_facts
-- The values of properties of records. `:properties`: a JSON list.
SELECT id, property, value FROM facts
WHERE id IN (SELECT value FROM json_each(:ids)) AND shown AND property IN (SELECT value FROM json_each(:properties))
ORDER BY id, property, rank

-- name: besides
-- Agreements to which these organisations are parties, and programmes in which they have a part; with countries, those in one of them.
SELECT DISTINCT r.id, r.type, r.label, r.label_lang, r.label_zh
FROM facts AS f
JOIN records AS r ON r.id = f.id AND r.type IN ('agreement', 'programme')
WHERE f.property IN ('party', 'supplier', 'operator') AND f.shown AND f.value IN (SELECT value FROM json_each(:ids)) AND (:countries = '[]' OR EXISTS (
    SELECT 1 FROM facts AS c
    WHERE c.id = f.id AND c.property IN ('party-country', 'country') AND c.shown AND c.value IN (SELECT value FROM json_each(:countries))
))
ORDER BY r.type, r.label, r.id

-- name: scores
-- The newest values of series in countries.
SELECT i.series, i.country, i.year, i.id, i.value, i.code
FROM indicators AS i
WHERE i.series IN (SELECT value FROM json_each(:series)) AND i.country IN (SELECT value FROM json_each(:countries))
    AND i.year = (SELECT max(year) FROM indicators AS other WHERE other.series = i.series AND other.country = i.country)
ORDER BY i.country, i.series, i.id

-- name: record_types
SELECT id, type FROM records WHERE id IN (SELECT value FROM json_each(:ids))

-- name: provision_notes
-- The notes on provisions of a topic, by law or agreement.
SELECT p.agreement AS id, group_concat(f.value, ' ') AS texts
FROM provisions AS p
JOIN facts AS f ON f.id = p.id AND f.property = 'note' AND f.shown
WHERE p.topic = :topic
GROUP BY p.agreement

-- name: organization_names_of
-- All names of organisations.
SELECT names FROM entries WHERE type = 'organization' AND id IN (SELECT value FROM json_each(:ids))

-- name: project_dates
-- The earliest date of these projects by property. `:properties`: a JSON list, such as `agreed` and `operational`.
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

-- name: parents
-- The parents and shareholders of these organisations, with the kind of relation, the share and the end.
SELECT f.value AS owned, t.value AS id, o.label, o.label_lang, o.label_zh, k.value AS kind,
    (SELECT value FROM facts WHERE id = k.id AND property = 'share' AND shown ORDER BY rank LIMIT 1) AS share,
    (SELECT value FROM facts WHERE id = k.id AND property = 'end' AND shown ORDER BY rank LIMIT 1) AS ended
FROM facts AS k
JOIN facts AS f ON f.id = k.id AND f.property = iif(k.value = 'share-held', 'to', 'from') AND f.shown
JOIN facts AS t ON t.id = k.id AND t.property = iif(k.value = 'share-held', 'from', 'to') AND t.shown
JOIN companies AS o ON o.id = t.value
WHERE k.property = 'kind' AND k.shown AND k.value IN ('parent', 'share-held', 'joint-venture') AND f.value IN (SELECT value FROM json_each(:ids))
ORDER BY o.sort_label, o.id, k.id

-- name: subsidiaries
-- The organisations of which these are parents or shareholders, with the kind of relation and the share.
SELECT f.value AS id, o.label, o.label_lang, o.label_zh, k.value AS kind,
    (SELECT value FROM facts WHERE id = k.id AND property = 'share' AND shown ORDER BY rank LIMIT 1) AS share,
    (SELECT value FROM facts WHERE id = k.id AND property = 'end' AND shown ORDER BY rank LIMIT 1) AS ended
FROM facts AS k
JOIN facts AS f ON f.id = k.id AND f.property = iif(k.value = 'share-held', 'to', 'from') AND f.shown
JOIN facts AS t ON t.id = k.id AND t.property = iif(k.value = 'share-held', 'from', 'to') AND t.shown
JOIN companies AS o ON o.id = f.value
WHERE k.property = 'kind' AND k.shown AND k.value IN ('parent', 'share-held', 'joint-venture') AND t.value IN (SELECT value FROM json_each(:ids))
ORDER BY o.sort_label, o.id, k.id

-- name: operators
-- The organisations with certain roles in these projects; with seats, those from there.
SELECT o.id, o.label, o.label_lang, o.label_zh, count(DISTINCT k.id) AS projects
FROM project_company AS k
JOIN companies AS o ON o.id = k.organization
WHERE k.id IN (SELECT value FROM json_each(:ids)) AND k.role IN (SELECT value FROM json_each(:roles))
    AND (:seats = '[]' OR o.country IN (SELECT value FROM json_each(:seats)))
GROUP BY o.id
ORDER BY projects DESC, o.sort_label, o.id

-- name: kinds
-- The kinds of these projects as sources state them, with the number of projects.
SELECT c.kind AS id, count(DISTINCT c.id) AS projects
FROM project_kind AS c
WHERE c.id IN (SELECT value FROM json_each(:ids)) AND c.said
GROUP BY c.kind
ORDER BY projects DESC, c.kind

-- name: listings
-- The official lists that name these organisations on the release's day (`is_current`) or did so before, with the first day on each.
SELECT f.value AS organization, l.value AS list, min(s.value) AS start, r.phase IS NOT 'ended' AS is_current
FROM facts AS f
JOIN records AS r ON r.id = f.id AND r.type = 'listing' AND r.phase IS NOT 'planned'
JOIN facts AS l ON l.id = f.id AND l.property = 'list' AND l.shown
LEFT JOIN facts AS s ON s.id = f.id AND s.property = 'start' AND s.shown
WHERE f.property = 'organization' AND f.shown AND f.value IN (SELECT value FROM json_each(:ids))
GROUP BY f.value, l.value, is_current
ORDER BY f.value, l.value, is_current DESC
