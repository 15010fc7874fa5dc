-- One row a fact of a project: (project, what, value, unit). Roles, places and money are told of their project.
WITH belongs AS (SELECT record, value AS project FROM project_said WHERE type <> 'project' AND property = 'project'),
whole AS (SELECT DISTINCT record AS project FROM project_said WHERE type = 'project')
SELECT record AS project, property AS what, value, unit
FROM project_said
WHERE type = 'project'
  AND property IN ('name', 'kind', 'country', 'agreed', 'construction-start', 'operational', 'completed', 'ended', 'length', 'umbrella')
UNION ALL
SELECT project, 'participant', value, unit
FROM project_said
JOIN belongs USING (record)
SEMI JOIN whole USING (project)
WHERE type = 'role' AND property = 'organization'
UNION ALL
SELECT project, 'amount', value, unit
FROM project_said
JOIN belongs USING (record)
SEMI JOIN whole USING (project)
WHERE type = 'commitment' AND property = 'amount'
ORDER BY ALL
