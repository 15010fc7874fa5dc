-- Pairs worth a look: a rare word of the name or of a place, a participant of few projects, or a country with few projects of the kind;
-- of kinds that can be one thing; never an umbrella with what is under it, never two of a source without duplicates.
CREATE OR REPLACE TEMP TABLE project_met AS
WITH telling AS (
    SELECT 'word' AS key_of, word AS key, project FROM project_word
    UNION
    SELECT 'word', word, project FROM project_place_word
    UNION
    SELECT 'participant', thing, project FROM project_participant
    UNION
    SELECT 'country', country || ' ' || family, project FROM project_country JOIN project_family USING (project)
),
held AS (
    SELECT key_of, key
    FROM telling
    GROUP BY key_of, key
    HAVING count(*) BETWEEN 2 AND CASE key_of WHEN 'word' THEN ${word} WHEN 'participant' THEN ${participant} ELSE ${country} END
),
kept AS MATERIALIZED (SELECT key_of, key, project FROM telling SEMI JOIN held USING (key_of, key))
SELECT DISTINCT one.project AS left_project, other.project AS right_project
FROM kept AS one
JOIN kept AS other USING (key_of, key)
WHERE one.project < other.project;

CREATE OR REPLACE TEMP TABLE project_pair AS
SELECT left_project, right_project, min(close) AS kind
FROM project_met
JOIN project_kind AS one ON one.project = left_project
JOIN project_kind AS other ON other.project = right_project
JOIN kind_link ON kind_link.one = one.kind AND kind_link.other = other.kind
JOIN project_whole AS lw ON lw.project = left_project
JOIN project_whole AS rw ON rw.project = right_project
WHERE lw.umbrella = rw.umbrella AND (lw.source <> rw.source OR lw.source NOT IN (FROM project_alone))
GROUP BY left_project, right_project
ORDER BY left_project, right_project
