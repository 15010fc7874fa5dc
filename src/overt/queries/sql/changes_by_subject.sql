-- What changed about a country, an organisation or a kind, from release to release.

-- name: of_subjects
-- The differences about all of these subjects (a JSON list of pairs of kind and id), newest release first. `is_gone`: whether the
-- served release has neither the record nor one with which it was merged. `is_corrected`: whether the page of corrections lists
-- the record.
SELECT c.position, c.n, c.id, c.difference,
    c.id NOT IN (SELECT id FROM records) AND c.id NOT IN (SELECT old_id FROM redirects) AS is_gone,
    c.id IN (SELECT id FROM corrections) AS is_corrected
FROM changes_between AS c
JOIN (
    SELECT s.position, s.n
    FROM json_each(:subjects) AS j
    JOIN changed_subjects AS s ON s.kind = json_extract(j.value, '$[0]') AND s.subject = json_extract(j.value, '$[1]')
    GROUP BY s.position, s.n
    HAVING count(*) = json_array_length(:subjects)
) AS k ON k.position = c.position AND k.n = c.n
ORDER BY c.position DESC, c.id, c.n

-- name: names
-- The names of records in the differences of a release, with Chinese names and types for records of the served release.
SELECT n.id, n.name, r.label_zh AS name_zh, r.type
FROM changed_names AS n
LEFT JOIN records AS r ON r.id = n.id
WHERE n.position = :position AND n.id IN (SELECT value FROM json_each(:ids))
ORDER BY n.id
