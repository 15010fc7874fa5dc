-- name: records
-- Every record of any snapshot, with the first archive position at which it appeared. Its source is the prefix of its id, because
-- an editorial claim about a record doesn't change its source.
SELECT record, min(type) AS type, split_part(record, ':', 1) AS source, min(position) AS first_position
FROM ${claims}
GROUP BY record
ORDER BY record

-- name: matching_claims
-- Claims that can join or separate organisations, documents or projects, from the last snapshot that has the record. An
-- alias with an end date also counts as a former name. Four properties of an organisation are only evidence: its website, its
-- kind, whether it is a state body and, as `workplace`, the countries of the projects in which it takes part, in any snapshot.
WITH work AS (
    SELECT record, type, property, value FROM ${claims} WHERE type IN ('role', 'project') ${condition}
),
matching AS (
    SELECT record, type, source, property, value, valid_to, turn
    FROM ${claims}
    WHERE type IN ('organization', 'document', 'project') ${condition}
),
latest AS (SELECT record, source, max(turn) AS turn FROM matching GROUP BY record, source),
current AS (FROM matching SEMI JOIN latest USING (record, source, turn))
SELECT record, type, property, value
FROM current
WHERE (type = 'organization' AND property IN ('name', 'alias', 'identifier', 'country'))
   OR (type = 'document' AND property IN ('url', 'title', 'publisher', 'published'))
   OR (type = 'project' AND property = 'identifier')
UNION
SELECT record, type, 'former', value
FROM current
WHERE type = 'organization' AND property = 'alias' AND valid_to IS NOT NULL
UNION
SELECT record, type, value, 'true'
FROM current
WHERE type = 'organization' AND property = 'kind' AND value = 'state-body'
UNION
SELECT record, type, 'kind', value
FROM current
WHERE type = 'organization' AND property = 'kind'
UNION
SELECT record, type, 'website', value
FROM current
WHERE type = 'organization' AND property = 'website'
UNION
SELECT participant.value, 'organization', 'workplace', project.value
FROM work AS participant
JOIN work AS role ON role.record = participant.record AND role.property = 'project'
JOIN work AS project ON project.record = role.value AND project.property = 'country'
WHERE participant.type = 'role' AND participant.property = 'organization'
ORDER BY record, property, value

-- name: restrictions
-- Facts that distinguish restrictions, from the last snapshot that has the record.
WITH restriction_claims AS (
    SELECT record, source, property, value, turn
    FROM ${claims}
    WHERE type = 'restriction' ${condition}
        AND property IN ('country', 'start', 'end', 'scope', 'area', 'kind', 'platform', 'service', 'domain')
),
latest AS (SELECT record, source, max(turn) AS turn FROM restriction_claims GROUP BY record, source)
SELECT DISTINCT record, property, value
FROM restriction_claims SEMI JOIN latest USING (record, source, turn)
ORDER BY ALL

-- name: linked_projects
-- Facts that distinguish linked projects, from the last snapshot that has the record: facts about the project, the recipients of
-- its money and its provinces. Only projects of lists that link their records are included.
WITH of_types AS (
    SELECT record, type, source, property, value, turn
    FROM ${claims}
    WHERE type IN ('project', 'role', 'place') ${condition}
),
latest AS (SELECT record, source, max(turn) AS turn FROM of_types GROUP BY record, source),
current AS (FROM of_types SEMI JOIN latest USING (record, source, turn)),
linking AS (SELECT DISTINCT split_part(record, ':', 1) AS list FROM current WHERE type = 'project' AND property = 'linked'),
project_facts AS (
    SELECT record, property, value
    FROM current
    WHERE type = 'project' AND property IN (
        'linked', 'linked-outside', 'kind', 'country', 'phase', 'work', 'umbrella',
        'agreed', 'construction-start', 'started', 'operational', 'completed', 'ended'
    )
    UNION
    SELECT project.value, 'recipient', participant.value
    FROM current AS role
    JOIN current AS project ON project.record = role.record AND project.property = 'project'
    JOIN current AS participant ON participant.record = role.record AND participant.property = 'organization'
    WHERE role.type = 'role' AND role.property = 'role' AND role.value = 'recipient'
    UNION
    SELECT project.value, 'province', place_name.value
    FROM current AS place
    JOIN current AS project ON project.record = place.record AND project.property = 'project'
    JOIN current AS place_name ON place_name.record = place.record AND place_name.property = 'name'
    WHERE place.type = 'place' AND place.property = 'precision' AND place.value = 'admin1'
)
SELECT record, property, value FROM project_facts WHERE split_part(record, ':', 1) IN (SELECT list FROM linking)
ORDER BY ALL

-- name: stated_relations
-- Relations between organisations, one row per record of a relation, from the last snapshot that has the record.
WITH relation_claims AS (
    SELECT record, source, property, value, turn
    FROM ${claims}
    WHERE type = 'relation' AND property IN ('from', 'to', 'kind') ${condition}
),
latest AS (SELECT record, source, max(turn) AS turn FROM relation_claims GROUP BY record, source),
current AS (SELECT record, property, value FROM relation_claims SEMI JOIN latest USING (record, source, turn))
SELECT DISTINCT f.value AS from_record, k.value AS kind, t.value AS to_record, record
FROM current AS f
JOIN current AS t USING (record)
JOIN current AS k USING (record)
WHERE f.property = 'from' AND t.property = 'to' AND k.property = 'kind' AND f.value <> t.value
ORDER BY ALL

-- name: names
-- The first name or title, in alphabetical order, of each record that has any.
SELECT record, min(value) FROM ${claims} WHERE property IN ('name', 'title') GROUP BY record
