-- Pairs worth a look: what they are called, a rare word of the name or of a place, a word that is rare in the country, a participant
-- of few projects, or a country with few projects of the kind; of kinds that can be one thing; never an umbrella with what is
-- under it, never two of a source without duplicates.
CREATE OR REPLACE TEMP TABLE project_met AS
WITH telling AS (
    SELECT 'key' AS key_of, key, project FROM project_key
    UNION
    SELECT 'word' AS key_of, word AS key, project FROM project_word
    UNION
    SELECT 'word', word, project FROM project_place_word
    UNION
    SELECT 'word', country || ' ' || word, project FROM project_word JOIN project_country USING (project)
    UNION
    SELECT 'participant', thing, project FROM project_participant
    UNION
    SELECT 'country', country || ' ' || family, project FROM project_country JOIN project_family USING (project)
),
held AS (
    SELECT key_of, key
    FROM telling
    GROUP BY key_of, key
    HAVING count(*) BETWEEN 2 AND CASE key_of
        WHEN 'key' THEN ${key} WHEN 'word' THEN ${word} WHEN 'participant' THEN ${participant} ELSE ${country}
    END
),
kept AS MATERIALIZED (
    SELECT key_of, key, project, source, umbrella FROM telling SEMI JOIN held USING (key_of, key) JOIN project_whole USING (project)
)
SELECT DISTINCT one.project AS left_project, other.project AS right_project
FROM kept AS one
JOIN kept AS other USING (key_of, key)
WHERE one.project < other.project
  AND one.umbrella = other.umbrella
  AND (one.source <> other.source OR one.source NOT IN (FROM project_alone))
  AND ${only};

-- One side after the other, so that the engine never lays all projects of a kind beside one another.
CREATE OR REPLACE TEMP TABLE project_pair AS
WITH one AS MATERIALIZED (
    SELECT left_project, right_project, kind AS left_kind FROM project_met JOIN project_kind ON project = left_project
),
two AS MATERIALIZED (
    SELECT left_project, right_project, left_kind, kind AS right_kind FROM one JOIN project_kind ON project = right_project
)
SELECT left_project, right_project, min(close) AS kind
FROM two
JOIN kind_link ON kind_link.one = left_kind AND kind_link.other = right_kind
GROUP BY left_project, right_project
ORDER BY left_project, right_project
