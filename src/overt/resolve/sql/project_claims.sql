-- name: project_claims
-- Claims about projects, their participants, places and money, from the last snapshot that has the record.
CREATE OR REPLACE TEMP TABLE project_claim AS
WITH of_types AS (
    SELECT record, type, source, property, value, unit, turn
    FROM ${claims}
    WHERE type IN ('project', 'role', 'place', 'commitment', 'organization')
),
latest AS (SELECT record, source, max(turn) AS turn FROM of_types GROUP BY record, source)
SELECT DISTINCT record, type, split_part(record, ':', 1) AS source, property, value, unit
FROM of_types
SEMI JOIN latest USING (record, source, turn)

-- name: facts
-- One row per fact about a project, including the participants of its roles and the amounts and lenders of its commitments.
-- `detail`: the role of a participant, or the unit of a number.
WITH belongs AS (SELECT record, value AS project FROM project_claim WHERE type <> 'project' AND property = 'project'),
projects AS (SELECT DISTINCT record AS project FROM project_claim WHERE type = 'project'),
roles AS (SELECT record, min(value) AS role FROM project_claim WHERE type = 'role' AND property = 'role' GROUP BY record)
SELECT record AS project, property, value, unit AS detail
FROM project_claim
WHERE type = 'project'
  AND property IN (
    'name', 'alias', 'kind', 'country', 'agreed', 'construction-start', 'started', 'operational', 'completed', 'ended', 'length',
    'contract-value', 'umbrella', 'linked', 'description'
  )
UNION ALL
SELECT project, 'participant', value, role
FROM project_claim
JOIN belongs USING (record)
SEMI JOIN projects USING (project)
LEFT JOIN roles USING (record)
WHERE type = 'role' AND property = 'organization'
UNION ALL
SELECT project, 'amount', value, unit
FROM project_claim
JOIN belongs USING (record)
SEMI JOIN projects USING (project)
WHERE type = 'commitment' AND property = 'amount'
UNION ALL
SELECT project, 'lender', value, NULL
FROM project_claim
JOIN belongs USING (record)
SEMI JOIN projects USING (project)
WHERE type = 'commitment' AND property = 'financier'
ORDER BY ALL

-- name: places
-- One row per place of a project: name, point, precision and radius in km. Entire countries and schematic points are left out.
WITH belongs AS (SELECT record, value AS project FROM project_claim WHERE type = 'place' AND property = 'project'),
place AS (
    SELECT
        record,
        min(value) FILTER (property = 'name') AS name,
        min(value) FILTER (property = 'geometry' AND value LIKE 'POINT (%') AS point,
        min(value) FILTER (property = 'precision') AS precision,
        min(value) FILTER (property = 'radius') AS radius
    FROM project_claim
    WHERE type = 'place'
    GROUP BY record
)
SELECT DISTINCT
    project,
    coalesce(name, '') AS name,
    try_cast(regexp_extract(point, '\((-?[0-9.eE+-]+) ', 1) AS DOUBLE) AS longitude,
    try_cast(regexp_extract(point, ' (-?[0-9.eE+-]+)\)', 1) AS DOUBLE) AS latitude,
    coalesce(precision, 'unlocated') AS precision,
    coalesce(try_cast(radius AS DOUBLE), 0) AS radius
FROM place
JOIN belongs USING (record)
WHERE coalesce(precision, 'unlocated') NOT IN ('country', 'schematic')
ORDER BY ALL

-- name: organization_names
-- One name per organisation.
SELECT record, min(value) FROM project_claim WHERE type = 'organization' AND property = 'name' GROUP BY record

-- name: all_organization_names
-- Every name of every organisation.
SELECT DISTINCT record, value FROM project_claim WHERE type = 'organization' AND property IN ('name', 'alias') ORDER BY ALL

-- name: short_descriptions
-- The descriptions of each project that are short enough to be about it alone.
SELECT record, list(DISTINCT value ORDER BY value)
FROM project_claim
WHERE type = 'project' AND property = 'description' AND length(value) <= ${most}
GROUP BY record

-- name: project_names
-- The names of each project.
SELECT record, list(DISTINCT value ORDER BY value)
FROM project_claim
WHERE type = 'project' AND property IN ('name', 'alias')
GROUP BY record

-- name: names_in_role
-- The names of the customers, or of the suppliers, of each project.
SELECT project, list(DISTINCT name ORDER BY name) FROM project_party_name WHERE role = '${role}' GROUP BY project

-- name: party_words
-- The words of the names of the participants of each project.
SELECT project, list(DISTINCT word ORDER BY word) FROM (SELECT project, unnest(words) AS word FROM project_party_name) GROUP BY project

-- name: place_names
-- The names of the places of each project, as given and as Latin names.
SELECT project, list(DISTINCT name ORDER BY name)
FROM (SELECT project, place AS name FROM project_place_sound UNION SELECT project, name FROM project_place_sound)
GROUP BY project

-- name: country_codes
-- The countries of each project.
SELECT project, list(DISTINCT country ORDER BY country) FROM project_country GROUP BY project

-- name: boundless_projects
-- Projects of kinds that lie between countries, such as cables.
SELECT project, list(project) FROM project_boundless GROUP BY project
