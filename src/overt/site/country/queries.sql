-- The briefing and tabs of a country: its projects with their participants, statuses and denials, commitments,
-- restrictions by kind, values in indexes, the newest document, the number of rows on each of its pages, and the systems that
-- its companies supply elsewhere.

-- name: systems
-- Projects of a country for surveillance or filtering, the best documented first.
SELECT p.id, p.label, p.label_lang, p.label_zh, p.kinds, p.status, p.date, p.independent_sources,
    (SELECT json_group_array(f.value) FROM facts AS f WHERE f.id = p.id AND f.property = 'known-from' AND f.shown) AS known_from
FROM project_country AS c
JOIN projects AS p ON p.id = c.id
WHERE c.country = ? AND EXISTS (SELECT 1 FROM project_layer AS l WHERE l.id = p.id AND l.layer IN ('surveillance', 'censorship'))
ORDER BY p.independent_sources DESC, p.year IS NULL, p.year DESC, p.sort_label, p.id

-- name: found_by_scans
-- Which of the given projects (a JSON list of ids) are known only from network scans.
SELECT f.id
FROM facts AS f
WHERE f.id IN (SELECT value FROM json_each(?)) AND f.property = 'known-from' AND f.shown
GROUP BY f.id
HAVING min(f.value) = 'network-scan' AND max(f.value) = 'network-scan'

-- name: status_dates
-- The date of the newest source that gives the status of each project (a JSON list of ids). If no such source is dated, it is the
-- date of the step that the status stands for, such as the agreement for `agreed`, if that date is not after the edition.
SELECT p.id, coalesce(
        (SELECT s.status_as_of FROM spans AS s WHERE s.id = p.id AND s.status = p.status),
        (
            SELECT max(coalesce(k.valid_from, d.value))
            FROM claims AS k
            LEFT JOIN evidence AS e ON e.claim_id = k.claim_id
            LEFT JOIN facts AS d ON d.id = coalesce(e.document, k.document) AND d.property = 'published' AND d.shown
            WHERE k.id = p.id AND k.property = 'status' AND k.value = p.status AND k.standing = 'current'
        ),
        (
            SELECT f.value
            FROM facts AS f
            WHERE f.id = p.id AND f.shown AND f.property = CASE p.status
                    WHEN 'operational' THEN 'operational'
                    WHEN 'completed' THEN 'completed'
                    WHEN 'under-construction' THEN 'construction-start'
                    WHEN 'in-progress' THEN 'started'
                    WHEN 'agreed' THEN 'agreed'
                    WHEN 'cancelled' THEN 'ended'
                    WHEN 'decommissioned' THEN 'ended'
                END
                AND ltrim(f.value, './') <= (SELECT json_extract(value, '$.date') FROM meta WHERE key = 'manifest')
            ORDER BY f.rank
            LIMIT 1
        )
    ) AS status_as_of
FROM projects AS p
WHERE p.id IN (SELECT value FROM json_each(?))

-- name: details
-- For projects (a JSON list of ids): the property that gives their date, the date of coming into use, whether a source dates
-- construction, start or completion, whether a statement concerns their use, and the longest note from one of our own
-- registers. The note is given if the system is suspended, cancelled or out of use, or if a supplier replied about its supply,
-- for example to say that it has stopped selling. A text that isn't a sentence, such as a number of cameras, doesn't count as a
-- note.
SELECT p.id, d.dated, f.operational AS in_use, coalesce(f.construction_start, f.started, f.completed) IS NOT NULL AS work_reported,
    EXISTS (
        SELECT 1
        FROM links AS t
        JOIN facts AS c ON c.id = t.id AND c.property = 'concerns' AND c.value = 'use' AND c.shown
        WHERE t.type = 'statement' AND t.property = 'about' AND t.target = p.id
    ) AS use_stated,
    CASE
        WHEN p.status IN ('suspended', 'cancelled', 'decommissioned') OR EXISTS (
            SELECT 1
            FROM links AS t
            JOIN facts AS k ON k.id = t.id AND k.property = 'kind' AND k.value = 'reply' AND k.shown
            JOIN facts AS c ON c.id = t.id AND c.property = 'concerns' AND c.value = 'supply' AND c.shown
            JOIN facts AS b ON b.id = t.id AND b.property = 'by' AND b.rank = 1
            JOIN project_company AS r ON r.id = p.id AND r.organization = b.value AND r.role = 'supplier'
            WHERE t.type = 'statement' AND t.property = 'about' AND t.target = p.id
        ) THEN (
            SELECT n.value
            FROM facts AS n
            JOIN sources AS s ON s.source = n.source AND s.own
            WHERE n.id = p.id AND n.property = 'description' AND n.shown AND n.value LIKE '%.'
            ORDER BY length(n.value) DESC, n.value
            LIMIT 1
        )
    END AS note
FROM projects AS p
LEFT JOIN projects_flat AS f ON f.id = p.id
LEFT JOIN project_dated AS d ON d.id = p.id
WHERE p.id IN (SELECT value FROM json_each(?))

-- name: reporters
-- For projects (`:projects`, a JSON list of ids): the publishers of the documents that are evidence for what kind of project each
-- is, the oldest document first. Announcements are left out: documents with one of `:kinds` (a JSON list) as `known-from`.
SELECT DISTINCT c.id, p.value AS publisher, d.value AS published
FROM claims AS c
LEFT JOIN evidence AS e ON e.claim_id = c.claim_id
JOIN facts AS p ON p.id = coalesce(e.document, c.document) AND p.property = 'publisher' AND p.shown
LEFT JOIN facts AS d ON d.id = p.id AND d.property = 'published' AND d.shown
WHERE c.id IN (SELECT value FROM json_each(:projects)) AND c.property = 'kind' AND c.standing = 'current'
    AND NOT EXISTS (
        SELECT 1
        FROM claims AS k
        LEFT JOIN evidence AS g ON g.claim_id = k.claim_id
        WHERE k.id = c.id AND k.property = 'known-from' AND k.value IN (SELECT value FROM json_each(:kinds))
            AND coalesce(g.document, k.document) = p.id
    )
ORDER BY c.id, d.value IS NULL, d.value, p.value

-- name: register_notes
-- The longest note from one of our own registers on each project in a JSON list of ids. A text that isn't a sentence doesn't
-- count.
SELECT n.id, n.value, max(length(n.value)) AS length
FROM facts AS n
JOIN sources AS s ON s.source = n.source AND s.own
WHERE n.property = 'description' AND n.shown AND n.value LIKE '%.' AND n.id IN (SELECT value FROM json_each(?))
GROUP BY n.id

-- name: contract_values
-- The different contract values that sources give for projects (a JSON list of ids), each project's smallest value first. Each
-- value has the ids of the claims that give it, joined by commas.
SELECT id, value, unit, group_concat(claim_id) AS claims
FROM claims
WHERE type = 'project' AND property = 'contract-value' AND standing = 'current' AND id IN (SELECT value FROM json_each(?))
GROUP BY id, value, unit
ORDER BY id, CAST(value AS REAL), unit

-- name: networks
-- Networks, data centres and cables of a country, the best documented first. Projects that are only a submarine cable are left
-- out, because they have their own list.
SELECT p.id, p.label, p.label_lang, p.label_zh, p.kinds, p.status, p.date, p.independent_sources, '[]' AS known_from
FROM project_country AS c
JOIN projects AS p ON p.id = c.id
WHERE c.country = ? AND EXISTS (
    SELECT 1 FROM project_layer AS l
    WHERE l.id = p.id AND (l.layer IN ('networks', 'data-centres') OR l.layer = 'cables' AND NOT p.cable)
)
ORDER BY p.independent_sources DESC, p.year IS NULL, p.year DESC, p.sort_label, p.id

-- name: projects
-- All projects of a country, with their kinds and statuses.
SELECT p.id, p.label, p.label_lang, p.label_zh, p.kinds, p.status, p.date, p.independent_sources, '[]' AS known_from
FROM project_country AS c
JOIN projects AS p ON p.id = c.id
WHERE c.country = ?

-- name: document_dates
-- The dates of the documents cited by current claims about a country's projects, the roles in them, and its restrictions.
SELECT DISTINCT f.value AS published
FROM (
    SELECT id FROM project_country WHERE country = :code
    UNION SELECT k.record FROM project_country AS p JOIN project_company AS k ON k.id = p.id WHERE p.country = :code
    UNION SELECT id FROM links WHERE target = :code AND type = 'restriction' AND property = 'country'
) AS r
JOIN claims AS c ON c.id = r.id AND c.standing = 'current'
LEFT JOIN evidence AS e ON e.claim_id = c.claim_id
JOIN facts AS f ON f.id = coalesce(e.document, c.document) AND f.property = 'published' AND f.shown

-- name: statements
-- Statements about projects (a JSON list of ids): who made each, when, its kind (empty if no source says), what it says and
-- concerns, the id of its record, and whether the project is on record as in use, now or earlier. Spyware always counts as in
-- use, because a denial of its use denies all that is on record. Of several organisations that made a statement together, only
-- the first is given.
SELECT s.target AS project, s.id, b.value AS organization, r.label, r.label_lang, r.label_zh,
    coalesce((SELECT f.value FROM facts AS f WHERE f.id = s.id AND f.property = 'kind' AND f.shown ORDER BY f.rank LIMIT 1), '') AS kind,
    (SELECT f.value FROM facts AS f WHERE f.id = s.id AND f.property = 'date' AND f.shown LIMIT 1) AS date,
    (SELECT f.value FROM facts AS f WHERE f.id = s.id AND f.property = 'note' AND f.shown LIMIT 1) AS note,
    (SELECT f.value FROM facts AS f WHERE f.id = s.id AND f.property = 'concerns' AND f.shown
        ORDER BY f.value IN ('conduct', 'no-answer'), f.value = 'system', f.rank LIMIT 1) AS part,
    EXISTS (
        SELECT 1
        FROM projects AS p
        LEFT JOIN projects_flat AS w ON w.id = p.id
        WHERE p.id = s.target AND (w.operational IS NOT NULL OR p.status IN ('operational', 'suspended', 'decommissioned'))
    ) OR EXISTS (
        SELECT 1 FROM facts AS k WHERE k.id = s.target AND k.property = 'kind' AND k.value = 'spyware' AND k.shown
    ) AS use_on_record
FROM links AS s
JOIN facts AS b ON b.id = s.id AND b.property = 'by' AND b.rank = 1
JOIN records AS r ON r.id = b.value
WHERE s.type = 'statement' AND s.property = 'about' AND s.target IN (SELECT value FROM json_each(?))
ORDER BY s.target, date IS NULL, date, s.id

-- name: other_projects
-- A country's projects of finance, of training and standards, and of presence, once for each layer.
SELECT DISTINCT l.layer, l.id
FROM project_country AS c
JOIN project_layer AS l ON l.id = c.id
WHERE c.country = ? AND l.layer IN ('finance', 'agreements', 'presence')

-- name: promised_to_surveillance
-- The money in a unit that was promised to a country's projects of surveillance (without scanners of goods) or filtering.
SELECT coalesce(sum(CASE WHEN systems THEN amount END), 0.0) AS amount
FROM (
    SELECT m.amount, EXISTS (SELECT 1 FROM project_kind AS k WHERE k.id = c.id AND k.kind IN ('surveillance', 'filtering')) AS systems
    FROM project_country AS c
    JOIN commitments AS m ON m.project = c.id AND m.counted
    WHERE c.country = ? AND coalesce(m.unit, '') = ?
)

-- name: values_of_year
-- The values of a series in one year, one per country: the lowest if there are several. Even in a subset of an edition, they
-- cover all countries of the edition.
SELECT country, min(CAST(value AS REAL)) AS value
FROM compared_indicators
WHERE series = ? AND year = ? AND value IS NOT NULL
GROUP BY country

-- name: restriction_kinds
-- Restrictions in a country by kind. A restriction of two kinds counts in both.
SELECT f.value AS kind, count(DISTINCT l.id) AS restrictions
FROM links AS l
JOIN facts AS f ON f.id = l.id AND f.property = 'kind' AND f.shown
WHERE l.target = ? AND l.type = 'restriction' AND l.property = 'country'
GROUP BY f.value
ORDER BY restrictions DESC, f.value

-- name: tabs
-- The number of rows on each page of a country.
SELECT
    (SELECT count(*) FROM project_country WHERE country = :code) AS projects,
    (SELECT count(DISTINCT id) FROM links WHERE target = :code AND type = 'restriction' AND property = 'country') AS restrictions,
    (SELECT count(*) FROM project_country AS c JOIN project_kind AS k ON k.id = c.id AND k.kind = 'submarine-cable' WHERE c.country = :code) AS cables,
    (SELECT count(*) FROM dependence WHERE country = :code) AS dependence,
    (SELECT count(*) FROM project_country AS c JOIN commitments AS m ON m.project = c.id AND m.counted WHERE c.country = :code) AS commitments,
    (SELECT count(DISTINCT id) FROM links WHERE target = :code AND type = 'agreement' AND property = 'party-country') AS agreements,
    (SELECT count(DISTINCT id) FROM links WHERE target = :code AND type = 'participation' AND property = 'country') AS participations,
    (SELECT count(*) FROM participations AS p JOIN companies AS o ON o.id = p.organization WHERE o.country = :code) AS members,
    (SELECT count(DISTINCT id) FROM links WHERE target = :code AND type = 'programme' AND property = 'country') AS programmes,
    (SELECT count(DISTINCT id) FROM links WHERE target = :code AND type = 'assessment' AND property = 'country') AS assessments,
    (SELECT count(DISTINCT series) FROM indicators WHERE country = :code) AS series

-- name: commitment_sources
-- The lowest number of separate sources of any commitment in a unit. A sum is no better documented than its weakest part.
SELECT min(r.voices) AS sources
FROM project_country AS c
JOIN commitments AS m ON m.project = c.id AND m.counted
JOIN records AS r ON r.id = m.id
WHERE c.country = ? AND coalesce(m.unit, '') = ?

-- name: exports
-- The documented systems (not announced, denied, cancelled or unverified, and not scanners) that organisations based in a
-- country supply or implement. Each has these organisations, and the other countries that have the system, as JSON lists.
SELECT p.id, p.label, p.label_lang, p.label_zh,
    (
        SELECT json_group_array(json_array(s.id, s.label, s.label_lang, s.label_zh))
        FROM (
            SELECT DISTINCT o.id, o.label, o.label_lang, o.label_zh
            FROM project_company AS k
            JOIN companies AS o ON o.id = k.organization
            WHERE k.id = p.id AND k.role IN ('supplier', 'implementer') AND o.country = :country
            ORDER BY o.sort_label, o.id
        ) AS s
    ) AS suppliers,
    (
        SELECT json_group_array(a.country)
        FROM (SELECT DISTINCT c.country FROM project_country AS c WHERE c.id = p.id AND c.country <> :country ORDER BY c.country) AS a
    ) AS countries
FROM documented_systems AS d
JOIN projects AS p ON p.id = d.id
WHERE p.id IN (
    SELECT k.id
    FROM companies AS o
    JOIN project_company AS k ON k.organization = o.id AND k.role IN ('supplier', 'implementer')
    WHERE o.country = :country
)
ORDER BY p.sort_label, p.id
