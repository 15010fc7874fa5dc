-- When records were in place (spans/).

-- name: statements
-- The claims that the rules read, and those that only show that a source mentions the record. Each has the dates that show
-- which day its source describes: those of the status, of the cited document and of the source. Without these dates, it can be
-- any day until the source was retrieved (for an editor's claim: until the day of the release). A claim that cites several
-- documents has a row for each.
SELECT c.id, c.type, c.property, c.value, c.claim_id, c.record, c.source,
    CASE WHEN c.property = 'status' THEN c.valid_from END AS valid_from, d.published, s.as_of, coalesce(s.retrieved, '${day}') AS retrieved
FROM (FROM claims_out WHERE standing = 'current' AND type IN (${types})) AS c
JOIN span_types AS t USING (type)
LEFT JOIN span_properties AS p ON p.type = c.type AND p.property = c.property
LEFT JOIN claim_documents AS e USING (claim_id)
LEFT JOIN (SELECT m.record, d.published FROM documents AS d JOIN members AS m USING (id) WHERE d.published IS NOT NULL) AS d ON d.record = coalesce(e.document, c.document)
LEFT JOIN source_days AS s ON s.source = c.source
WHERE (p.property IS NOT NULL OR t.speaks IN ('source', 'any') OR (t.speaks = 'document' AND d.published IS NOT NULL))
ORDER BY c.id, c.claim_id, d.published

-- name: editions
-- All editions of each list.
SELECT DISTINCT o.source, o.value AS list, e.value AS edition
FROM claims_out AS e
JOIN claims_out AS o ON o.record = e.record AND o.type = e.type
WHERE e.standing = 'current' AND o.standing = 'current' AND e.type = '${type}' AND e.property = '${edition}' AND o.property = '${list}'
ORDER BY ALL

-- name: spans
-- One row for each record of a type for which models/spans.yml has rules, including records without any date. A role without its
-- own dates gets its project's.
WITH parts AS (
    SELECT r.id, any_value(p) AS project FROM roles AS r JOIN dated_spans AS p ON p.id = r.project GROUP BY r.id
)
SELECT r.id, r.type, coalesce(s.begun, true) AND coalesce(project.begun, true) AS begun, coalesce(s.not_begun, project.not_begun) AS not_begun,
    ${bounds},
    coalesce(s.planned, project.planned) AS planned, coalesce(s.planned_as_of, project.planned_as_of) AS planned_as_of,
    coalesce(s.planned_end, project.planned_end) AS planned_end, coalesce(s.planned_end_as_of, project.planned_end_as_of) AS planned_end_as_of,
    s.status, s.status_as_of, coalesce(s.planned_by, project.planned_by) AS planned_by, coalesce(s.confirmed, project.confirmed) AS confirmed, coalesce(s.stale, project.stale, false) AS stale
FROM records AS r
JOIN span_types AS t ON t.type = r.type
LEFT JOIN dated_spans AS s ON s.id = r.id
LEFT JOIN parts ON parts.id = r.id
ORDER BY r.id

-- name: never_counted
-- The projects with one of these statuses, and their roles. They never count as in place.
SELECT id FROM projects WHERE status IN (${statuses})
UNION ALL
SELECT r.id FROM roles AS r JOIN projects AS p ON p.id = r.project WHERE p.status IN (${statuses})
