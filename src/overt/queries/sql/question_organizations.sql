-- What is recorded about the organisations of questions, and the entries of official lists. `:ids`: a JSON list of organisations.

-- name: seats
-- The countries in which these organisations are based. Organisations without a recorded seat are left out.
SELECT id, country FROM companies WHERE country IS NOT NULL AND id IN (SELECT value FROM json_each(:ids))

-- name: stated_seats
-- All countries that sources state as an organisation's seat. The one that the release uses comes first.
SELECT id, value AS country FROM facts
WHERE property = 'country' AND value IS NOT NULL AND id IN (SELECT value FROM json_each(:ids))
ORDER BY id, shown DESC, rank

-- name: names
-- The names of up to `:most` organisations, most important first (the lowest `n`).
SELECT names FROM entries WHERE type = 'organization' ORDER BY n LIMIT :most

-- name: names_of
-- All names of these organisations.
SELECT id, names FROM entries WHERE type = 'organization' AND id IN (SELECT value FROM json_each(:ids))

-- name: group
-- The companies of the organisations' groups, and the groups that these organisations belong to.
SELECT DISTINCT iif(r.organization IN (SELECT value FROM json_each(:ids)), r.through, r.organization) AS id
FROM answer_rows AS r
WHERE r.organization <> r.through AND (r.organization IN (SELECT value FROM json_each(:ids)) OR r.through IN (SELECT value FROM json_each(:ids)))

-- name: group_projects
-- The projects that count for these organisations through a company that belonged to their group in the project's year.
SELECT DISTINCT r.through AS id, r.id AS project
FROM answer_rows AS r
WHERE r.type = 'project' AND r.organization <> r.through AND r.organization IN (SELECT value FROM json_each(:ids))
ORDER BY r.through, r.id

-- name: named_after
-- Companies, and organisations of unknown kind, whose names begin with one of the names of a company. `:id`: that company; no
-- rows unless its kind is recorded as a company. `:names`: a JSON list of folded names. A Chinese name needs no space after it.
SELECT c.id
FROM companies AS c
WHERE c.id <> :id AND (c.kind IS NULL OR c.kind IN ('company', 'state-owned-company'))
    AND EXISTS (SELECT 1 FROM companies AS own WHERE own.id = :id AND own.kind IN ('company', 'state-owned-company'))
    AND EXISTS (
        SELECT 1 FROM json_each(:names) AS n
        WHERE substr(c.sort_label, 1, length(n.value) + 1) = n.value || ' ' OR substr(c.label_zh, 1, length(n.value)) = n.value
    )
ORDER BY c.id

-- name: financed
-- The number of projects in which each of these organisations has a part, and in how many it is a financier.
SELECT organization AS id, count(DISTINCT id) AS projects, count(DISTINCT iif(role = 'financier', id, NULL)) AS financed
FROM project_company
WHERE organization IN (SELECT value FROM json_each(:ids))
GROUP BY organization

-- name: seatless_financiers
-- Financiers whose seat is not recorded.
SELECT o.id, o.label, o.label_lang, o.label_zh
FROM companies AS o
WHERE o.country IS NULL AND o.id IN (SELECT organization FROM project_company WHERE role = 'financier')
ORDER BY o.sort_label, o.id

-- name: relations
-- The relations by which organisations own or owned others in full or in part, with the share, the start and the end. Those that
-- have not ended come first, then the others, the latest end first. `${named}`: the side on which these organisations must be,
-- `owned` or `owner`. `${listed}`: the other side, whose names are returned. The columns `owned` and `owner` have the ids of
-- both sides.
SELECT owned.value AS owned, owner.value AS owner, o.id, o.label, o.label_lang, o.label_zh, k.value AS kind,
    (SELECT value FROM facts WHERE id = k.id AND property = 'share' AND shown ORDER BY rank LIMIT 1) AS share,
    (SELECT value FROM facts WHERE id = k.id AND property = 'start' AND shown ORDER BY rank LIMIT 1) AS started,
    (SELECT value FROM facts WHERE id = k.id AND property = 'end' AND shown ORDER BY rank LIMIT 1) AS ended
FROM facts AS k
JOIN facts AS owned ON owned.id = k.id AND owned.property = iif(k.value = 'share-held', 'to', 'from') AND owned.shown
JOIN facts AS owner ON owner.id = k.id AND owner.property = iif(k.value = 'share-held', 'from', 'to') AND owner.shown
JOIN companies AS o ON o.id = ${listed}.value
WHERE k.property = 'kind' AND k.shown AND k.value IN ('parent', 'share-held', 'joint-venture')
    AND ${named}.value IN (SELECT value FROM json_each(:ids))
ORDER BY ended IS NOT NULL, ended DESC, o.sort_label, o.id, started DESC, k.id

-- name: listings
-- The official lists that name or named these organisations. `is_current`: whether the list may still name the organisation on
-- the release's day. Current and past entries of a list are separate rows, each with its first day.
SELECT f.value AS organization, l.value AS list, min(s.value) AS start, r.phase IS NOT 'ended' AS is_current
FROM facts AS f
JOIN records AS r ON r.id = f.id AND r.type = 'listing' AND r.phase IS NOT 'planned'
JOIN facts AS l ON l.id = f.id AND l.property = 'list' AND l.shown
LEFT JOIN facts AS s ON s.id = f.id AND s.property = 'start' AND s.shown
WHERE f.property = 'organization' AND f.shown AND f.value IN (SELECT value FROM json_each(:ids))
GROUP BY f.value, l.value, is_current
ORDER BY f.value, l.value, is_current DESC

-- name: shared_roles
-- The most frequent role of each of two organisations in the projects in which both have a part.
SELECT id, role
FROM (
    SELECT k.organization AS id, k.role, row_number() OVER (PARTITION BY k.organization ORDER BY count(DISTINCT k.id) DESC, k.role) AS place
    FROM project_company AS k
    WHERE k.organization IN (SELECT value FROM json_each(:ids)) AND k.id IN (
        SELECT id FROM project_company WHERE organization IN (SELECT value FROM json_each(:ids)) GROUP BY id HAVING count(DISTINCT organization) > 1
    )
    GROUP BY k.organization, k.role
)
WHERE place = 1

-- name: abroad
-- Which of these organisations are customers or operators of projects outside their own country. Projects without a country on
-- record don't count.
SELECT DISTINCT k.organization AS id
FROM project_company AS k
JOIN companies AS o ON o.id = k.organization AND o.country IS NOT NULL
WHERE k.organization IN (SELECT value FROM json_each(:ids)) AND k.role IN ('customer', 'operator')
    AND EXISTS (SELECT 1 FROM project_country AS c WHERE c.id = k.id)
    AND NOT EXISTS (SELECT 1 FROM project_country AS c WHERE c.id = k.id AND c.country = o.country)

-- name: list_entries
-- The entries of these official lists, the newest first and without planned ones: a row for each organisation, with its name and
-- seat, the list, and the days on which the entry begins and ends. `:lists`: a JSON list.
SELECT r.id AS entry, o.id, o.label, o.label_lang, o.label_zh, o.country, l.value AS list, min(s.value) AS start, min(e.value) AS end
FROM records AS r
JOIN facts AS l ON l.id = r.id AND l.property = 'list' AND l.shown AND l.value IN (SELECT value FROM json_each(:lists))
JOIN facts AS f ON f.id = r.id AND f.property = 'organization' AND f.shown
JOIN companies AS o ON o.id = f.value
LEFT JOIN facts AS s ON s.id = r.id AND s.property = 'start' AND s.shown
LEFT JOIN facts AS e ON e.id = r.id AND e.property = 'end' AND e.shown
WHERE r.type = 'listing' AND r.phase IS NOT 'planned'
GROUP BY r.id, o.id
ORDER BY start DESC, o.sort_label, r.id

-- name: agreements_and_programmes
-- Agreements to which these organisations are parties, and programmes in which they have a part. `:countries`: a JSON list; if
-- it isn't empty, only agreements and programmes of these countries.
SELECT DISTINCT r.id, r.type, r.label, r.label_lang, r.label_zh
FROM facts AS f
JOIN records AS r ON r.id = f.id AND r.type IN ('agreement', 'programme')
WHERE f.property IN ('party', 'supplier', 'operator') AND f.shown AND f.value IN (SELECT value FROM json_each(:ids)) AND (:countries = '[]' OR EXISTS (
    SELECT 1 FROM facts AS c
    WHERE c.id = f.id AND c.property IN ('party-country', 'country') AND c.shown AND c.value IN (SELECT value FROM json_each(:countries))
))
ORDER BY r.type, r.label, r.id

-- name: other_records
-- The number of relations, list entries, agreements and programmes that name each of these organisations, by type. Planned
-- records are left out.
SELECT f.value AS organization, r.type, count(DISTINCT r.id) AS records
FROM facts AS f
JOIN records AS r ON r.id = f.id AND r.type IN ('relation', 'listing', 'agreement', 'programme') AND r.phase IS NOT 'planned'
WHERE f.value GLOB 'ovt-*' AND f.shown AND f.value IN (SELECT value FROM json_each(:ids))
GROUP BY f.value, r.type
