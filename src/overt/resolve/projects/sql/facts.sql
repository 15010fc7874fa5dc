-- One row a fact of a project: (project, what, value, detail). Roles, places and money are told of their project; the detail of a
-- participant is its role, of a number its unit.
WITH belongs AS (SELECT record, value AS project FROM project_said WHERE type <> 'project' AND property = 'project'),
whole AS (SELECT DISTINCT record AS project FROM project_said WHERE type = 'project'),
roles AS (SELECT record, min(value) AS role FROM project_said WHERE type = 'role' AND property = 'role' GROUP BY record)
SELECT record AS project, property AS what, value, unit AS detail
FROM project_said
WHERE type = 'project'
  AND property IN (
    'name', 'alias', 'kind', 'country', 'agreed', 'construction-start', 'operational', 'completed', 'ended', 'length', 'umbrella'
  )
UNION ALL
SELECT project, 'participant', value, role
FROM project_said
JOIN belongs USING (record)
SEMI JOIN whole USING (project)
LEFT JOIN roles USING (record)
WHERE type = 'role' AND property = 'organization'
UNION ALL
SELECT project, 'amount', value, unit
FROM project_said
JOIN belongs USING (record)
SEMI JOIN whole USING (project)
WHERE type = 'commitment' AND property = 'amount'
ORDER BY ALL
