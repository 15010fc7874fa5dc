-- One pair, whether or not a block brings it together, beside those that its two records are in; it is not there where its kinds
-- cannot be one thing.
INSERT INTO project_pair
SELECT l.project AS left_project, r.project AS right_project, min(close) AS kind
FROM project_whole AS l
JOIN project_kind AS one ON one.project = l.project
JOIN project_whole AS r ON true
JOIN project_kind AS other ON other.project = r.project
JOIN kind_link ON kind_link.one = one.kind AND kind_link.other = other.kind
WHERE l.project = least($left, $right)
  AND r.project = greatest($left, $right)
  AND NOT EXISTS (FROM project_pair WHERE left_project = l.project AND right_project = r.project)
GROUP BY ALL
