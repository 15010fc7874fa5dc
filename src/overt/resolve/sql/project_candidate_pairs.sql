-- name: candidate_pairs
-- Candidate pairs share a rare name or initials, a rare word of a name or place, a word that is rare in their country, a
-- participant of few projects, or a country with few projects of related kinds or with the same sum. Their kinds are compatible.
-- Umbrella projects are only paired with one another. Two projects of one source are not paired if the source has no duplicates,
-- or if the source links projects, but doesn't link these two.
CREATE OR REPLACE TEMP TABLE project_candidate AS
WITH keys AS (
    SELECT 'key' AS key_of, key, project FROM project_key
    UNION
    SELECT 'word' AS key_of, word AS key, project FROM project_word
    UNION
    SELECT 'word', word, project FROM project_place_word
    UNION
    SELECT 'word', country || ' ' || word, project FROM project_word JOIN project_country USING (project)
    UNION
    SELECT 'participant', cluster, project FROM project_participant
    UNION
    SELECT 'country', country || ' ' || family, project FROM project_country JOIN project_family USING (project)
    UNION
    SELECT 'country', country || ' ' || unit || ' ' || amount, project FROM project_amount JOIN project_country USING (project)
),
rare AS (
    SELECT key_of, key
    FROM keys
    GROUP BY key_of, key
    HAVING count(*) BETWEEN 2 AND CASE key_of
        WHEN 'key' THEN ${key} WHEN 'word' THEN ${word} WHEN 'participant' THEN ${participant} ELSE ${country}
    END
),
blocks AS MATERIALIZED (
    SELECT key_of, key, project, source, umbrella FROM keys SEMI JOIN rare USING (key_of, key) JOIN project_record USING (project)
)
SELECT DISTINCT l.project AS left_project, r.project AS right_project
FROM blocks AS l
JOIN blocks AS r USING (key_of, key)
WHERE l.project < r.project
  AND l.umbrella = r.umbrella
  AND (l.source <> r.source OR l.source NOT IN (FROM project_one_to_one))
  AND (
      l.source <> r.source
      OR l.source NOT IN (SELECT source FROM project_link JOIN project_record USING (project))
      OR (l.project, r.project) IN (SELECT (project, link) FROM project_link)
      OR (r.project, l.project) IN (SELECT (project, link) FROM project_link)
  )
  AND ${condition};

-- Each side's kind is joined separately, so that the engine never joins all projects of a kind.
CREATE OR REPLACE TEMP TABLE project_pair AS
WITH with_left_kind AS MATERIALIZED (
    SELECT left_project, right_project, kind AS left_kind FROM project_candidate JOIN project_kind ON project = left_project
),
with_both_kinds AS MATERIALIZED (
    SELECT left_project, right_project, left_kind, kind AS right_kind
    FROM with_left_kind
    JOIN project_kind ON project = right_project
)
SELECT left_project, right_project, min(closeness) AS kind
FROM with_both_kinds
JOIN kind_link USING (left_kind, right_kind)
GROUP BY left_project, right_project
ORDER BY left_project, right_project

-- name: add_pair
-- Add one pair to the candidates, whether or not blocking finds it, unless its kinds are incompatible.
INSERT INTO project_pair
SELECT l.project AS left_project, r.project AS right_project, min(closeness) AS kind
FROM project_record AS l
JOIN project_kind AS lk ON lk.project = l.project
JOIN project_record AS r ON true
JOIN project_kind AS rk ON rk.project = r.project
JOIN kind_link ON kind_link.left_kind = lk.kind AND kind_link.right_kind = rk.kind
WHERE l.project = ${left}
  AND r.project = ${right}
  AND NOT EXISTS (FROM project_pair WHERE left_project = l.project AND right_project = r.project)
GROUP BY ALL
