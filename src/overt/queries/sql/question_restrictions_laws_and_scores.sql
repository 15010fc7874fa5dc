-- Restrictions, laws, agreements, scores and facts for answers to questions. Parameters that are lists are JSON.

-- name: agreements
-- Agreements and laws with their kind, countries, parties and topics. `date`: the date of the agreement or, without one, of its
-- adoption or entry into force. `dated`: a JSON object with the status, these dates and the date of repeal, by property.
-- `status_as_of`: the day for which sources state the status. `names`, `texts` (names and summaries) and `provision_texts`
-- (notes) have one text per line. `:kinds`: a JSON list, or `[]` for all.
SELECT r.id, r.label, r.label_lang, r.label_zh, k.value AS kind,
    (SELECT value FROM facts WHERE id = r.id AND property IN ('date', 'adopted', 'in-force') AND shown
        ORDER BY property <> 'date', property <> 'adopted', rank LIMIT 1) AS date,
    (SELECT json_group_object(property, value) FROM (
        SELECT property, value, min(rank) FROM facts WHERE id = r.id AND property IN ('date', 'adopted', 'in-force', 'repealed', 'status') AND shown
        GROUP BY property)) AS dated,
    (SELECT status_as_of FROM spans WHERE id = r.id) AS status_as_of,
    (SELECT json_group_array(value) FROM (SELECT DISTINCT value FROM facts WHERE id = r.id AND property = 'party-country' AND shown ORDER BY value)) AS countries,
    (SELECT json_group_array(value) FROM (SELECT DISTINCT value FROM facts WHERE id = r.id AND property = 'party' AND shown ORDER BY value)) AS parties,
    (SELECT group_concat(value, char(10)) FROM facts WHERE id = r.id AND property = 'name') AS names,
    (SELECT group_concat(value, char(10)) FROM facts WHERE id = r.id AND property IN ('name', 'subject')) AS texts,
    (SELECT group_concat(f.value, char(10)) FROM provisions AS p JOIN facts AS f ON f.id = p.id AND f.property = 'note' AND f.shown WHERE p.agreement = r.id) AS provision_texts,
    (SELECT json_group_array(topic) FROM (SELECT DISTINCT topic FROM provisions WHERE agreement = r.id AND topic <> '' ORDER BY topic)) AS topics
FROM records AS r
LEFT JOIN facts AS k ON k.id = r.id AND k.property = 'kind' AND k.shown AND k.rank = (
    SELECT min(rank) FROM facts WHERE id = r.id AND property = 'kind' AND shown
)
WHERE r.type = 'agreement' AND (:kinds = '[]' OR k.value IN (SELECT value FROM json_each(:kinds)))
ORDER BY r.label, r.id

-- name: provision_notes
-- The notes on provisions of a topic, by law or agreement.
SELECT p.agreement AS id, group_concat(f.value, ' ') AS texts
FROM provisions AS p
JOIN facts AS f ON f.id = p.id AND f.property = 'note' AND f.shown
WHERE p.topic = :topic
GROUP BY p.agreement

-- name: restrictions
-- The number of restrictions of certain kinds by country; only in `:countries`, unless the list is empty. `undated`: those
-- without a known start. With `:first` or `:last`, restrictions that were certainly not in force between these days don't count.
-- An unknown start or end excludes no restriction.
SELECT c.value AS id, count(DISTINCT k.id) AS restrictions, count(DISTINCT CASE WHEN s.begin_earliest IS NULL THEN k.id END) AS undated
FROM facts AS k
JOIN facts AS c ON c.id = k.id AND c.property = 'country' AND c.shown
JOIN records AS r ON r.id = k.id AND r.type = 'restriction'
LEFT JOIN spans AS s ON s.id = k.id
WHERE k.property = 'kind' AND k.shown AND k.value IN (SELECT value FROM json_each(:kinds))
    AND (:countries = '[]' OR c.value IN (SELECT value FROM json_each(:countries)))
    AND (:last IS NULL OR s.begin_earliest IS NULL OR s.begin_earliest <= :last) AND (:first IS NULL OR s.end_latest IS NULL OR s.end_latest > :first)
GROUP BY c.value
ORDER BY restrictions DESC, c.value

-- name: restricting
-- The countries with recorded restrictions, blocklists or measurements, those with the most restrictions first.
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

-- name: scores
-- The newest values of series in countries, or those of `:year`. `:countries`: a JSON list, or `[]` for all.
SELECT i.series, i.country, i.year, i.id, i.value, i.code
FROM indicators AS i
WHERE i.series IN (SELECT value FROM json_each(:series)) AND (:countries = '[]' OR i.country IN (SELECT value FROM json_each(:countries)))
    AND i.year = coalesce(:year, (SELECT max(year) FROM indicators AS other WHERE other.series = i.series AND other.country = i.country))
ORDER BY i.country, i.series, i.id

-- name: replacements
-- What is used in place of restricted services and platforms, by country. `:countries`: a JSON list, or `[]` for all.
SELECT DISTINCT s.value AS service, c.value AS country, i.value AS replacement
FROM facts AS i
JOIN facts AS s ON s.id = i.id AND s.property IN ('platform', 'service') AND s.shown
JOIN facts AS c ON c.id = i.id AND c.property = 'country' AND c.shown
WHERE i.property = 'replacement' AND i.shown AND s.value IN (SELECT value FROM json_each(:services))
    AND (:countries = '[]' OR c.value IN (SELECT value FROM json_each(:countries)))
ORDER BY s.value, c.value, i.value

-- name: in_countries
-- The numbers of projects, agreements, programmes and restrictions in these countries.
SELECT r.type, count(DISTINCT r.id) AS records
FROM facts AS c
JOIN records AS r ON r.id = c.id AND r.type IN ('project', 'agreement', 'programme', 'restriction')
WHERE c.property IN ('country', 'party-country') AND c.shown AND c.value IN (SELECT value FROM json_each(:countries))
GROUP BY r.type

-- name: facts
-- The shown values of some properties of these records.
SELECT id, property, value FROM facts
WHERE id IN (SELECT value FROM json_each(:ids)) AND shown AND property IN (SELECT value FROM json_each(:properties))
ORDER BY id, property, rank

-- name: types
SELECT id, type FROM records WHERE id IN (SELECT value FROM json_each(:ids))
