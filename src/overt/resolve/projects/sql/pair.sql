-- One pair, whether or not a block brings it together; no row where its kinds cannot be one thing.
CREATE OR REPLACE TEMP TABLE project_pair AS
SELECT l.project AS left_project, r.project AS right_project, min(close) AS kind
FROM project_whole AS l
JOIN project_kind AS one ON one.project = l.project
JOIN project_whole AS r ON true
JOIN project_kind AS other ON other.project = r.project
JOIN kind_link ON kind_link.one = one.kind AND kind_link.other = other.kind
WHERE l.project = least($left, $right) AND r.project = greatest($left, $right)
GROUP BY ALL
