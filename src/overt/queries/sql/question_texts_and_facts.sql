-- Texts of records, which are searched for the words of a question, and facts for its answer. Parameters that are lists are JSON.

-- name: texts
-- Names, descriptions, summaries and notes by record, names first.
SELECT id, property, value FROM facts
WHERE id IN (SELECT value FROM json_each(:ids)) AND shown AND property IN ('name', 'description', 'subject', 'note')
ORDER BY id, property <> 'name', property, rank

-- name: names
-- All names of these records.
SELECT id, value FROM facts
WHERE id IN (SELECT value FROM json_each(:ids)) AND property = 'name' AND shown
ORDER BY id, rank

-- name: descriptions
-- All descriptions, summaries and notes.
SELECT value FROM facts WHERE shown AND property IN ('description', 'subject', 'note')

-- name: statements
-- What organisations said about these records: denials, replies and confirmations.
SELECT a.value AS id, n.value AS note,
    (SELECT value FROM facts WHERE id = a.id AND property = 'by' AND shown ORDER BY rank LIMIT 1) AS speaker,
    (SELECT value FROM facts WHERE id = a.id AND property = 'kind' AND shown ORDER BY rank LIMIT 1) AS kind,
    (SELECT value FROM facts WHERE id = a.id AND property = 'date' AND shown ORDER BY rank LIMIT 1) AS date
FROM facts AS a
JOIN facts AS n ON n.id = a.id AND n.property = 'note' AND n.shown
JOIN records AS r ON r.id = a.id AND r.type = 'statement'
WHERE a.property = 'about' AND a.shown AND a.value IN (SELECT value FROM json_each(:ids))
ORDER BY a.value, date, a.id

-- name: provisions
-- The notes on the provisions of these laws and agreements, with the articles.
SELECT p.agreement AS id, f.value AS note,
    (SELECT value FROM facts WHERE id = p.id AND property = 'article' AND shown ORDER BY rank LIMIT 1) AS article
FROM (SELECT DISTINCT agreement, id FROM provisions WHERE agreement IN (SELECT value FROM json_each(:ids))) AS p
JOIN facts AS f ON f.id = p.id AND f.property = 'note' AND f.shown
ORDER BY p.agreement, p.id

-- name: parties
-- The organisations of these projects by role.
SELECT k.id, k.role, o.id AS organization, o.label, o.label_lang, o.label_zh
FROM project_company AS k
JOIN companies AS o ON o.id = k.organization
WHERE k.id IN (SELECT value FROM json_each(:ids))
GROUP BY k.id, k.role, o.id
ORDER BY k.id, k.role, o.projects DESC, o.id

-- name: kinds
-- The kinds of these projects.
SELECT id, value FROM facts
WHERE id IN (SELECT value FROM json_each(:ids)) AND property = 'kind' AND shown
ORDER BY id, rank

-- name: amounts
-- The commitments that state an amount, by project: those in constant prices come first, and larger amounts before smaller.
SELECT project AS id, amount, unit, flow_type FROM commitments
WHERE project IN (SELECT value FROM json_each(:ids)) AND amount IS NOT NULL
ORDER BY project, instr(coalesce(unit, ''), '@') = 0, amount DESC

-- name: restrictions
-- Facts about the restrictions of these kinds, on these services, in these countries. An empty list matches all. An open end such
-- as `2024-10-09/..` is left out, because it only says that the last blocklist still has the entry.
SELECT f.id, f.property, f.value
FROM facts AS f
JOIN records AS r ON r.id = f.id AND r.type = 'restriction'
WHERE f.shown AND f.property IN ('country', 'platform', 'service', 'kind', 'start', 'end', 'cause', 'justification', 'ordered-by', 'order-basis', 'network', 'area', 'scope')
    AND NOT (f.property = 'end' AND f.value LIKE '%/..')
    AND (:countries = '[]' OR EXISTS (SELECT 1 FROM facts AS c WHERE c.id = f.id AND c.property = 'country' AND c.shown AND c.value IN (SELECT value FROM json_each(:countries))))
    AND (:services = '[]' OR EXISTS (SELECT 1 FROM facts AS p WHERE p.id = f.id AND p.property IN ('platform', 'service') AND p.shown AND p.value IN (SELECT value FROM json_each(:services))))
    AND (:kinds = '[]' OR EXISTS (SELECT 1 FROM facts AS k WHERE k.id = f.id AND k.property = 'kind' AND k.shown AND k.value IN (SELECT value FROM json_each(:kinds))))
ORDER BY f.id, f.property, f.rank

-- name: programmes
-- Programmes with their countries, kinds, operators and suppliers.
SELECT r.id,
    (SELECT json_group_array(value) FROM facts WHERE id = r.id AND property = 'kind' AND shown) AS kinds,
    (SELECT json_group_array(value) FROM facts WHERE id = r.id AND property = 'country' AND shown) AS countries,
    (SELECT json_group_array(value) FROM facts WHERE id = r.id AND property IN ('operator', 'supplier') AND shown) AS organizations
FROM records AS r WHERE r.type = 'programme' ORDER BY r.id
