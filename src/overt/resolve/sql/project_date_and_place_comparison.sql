-- name: place_measures
-- How near the two projects of a pair are to each other in time and space, and how their lengths differ.
CREATE OR REPLACE TEMP TABLE project_pair_place AS
WITH dates AS (
    SELECT
        left_project,
        right_project,
        min(greatest(l.low - r.high, r.low - l.high, 0)) FILTER (l.stage = 'finish' AND r.stage = 'finish') AS finish,
        min(greatest(l.low - r.high, r.low - l.high, 0)) FILTER (l.stage = 'start' AND r.stage = 'start') AS start,
        min(greatest(l.low - r.high, r.low - l.high, 0)) FILTER (l.stage = 'agreed' AND r.stage = 'agreed') AS agreed,
        -- Number of days from the first to the last day that either date can mean.
        min(greatest(l.high, r.high) - least(l.low, r.low)) FILTER (l.stage = 'finish' AND r.stage = 'finish') AS finish_span,
        min(greatest(l.high, r.high) - least(l.low, r.low)) FILTER (l.stage = 'start' AND r.stage = 'start') AS start_span,
        min(greatest(l.high, r.high) - least(l.low, r.low)) FILTER (l.stage = 'agreed' AND r.stage = 'agreed') AS agreed_span,
        -- Number of days from the end of one project to the agreement or start of the other.
        max(CASE
            WHEN l.stage = 'finish' AND r.stage <> 'finish' THEN r.low - l.high
            WHEN r.stage = 'finish' AND l.stage <> 'finish' THEN l.low - r.high
        END) AS too_early,
        min(greatest(l.high, r.high) - least(l.low, r.low)) FILTER ((l.stage = 'finish') <> (r.stage = 'finish')) AS span
    FROM project_pair
    JOIN project_date AS l ON l.project = left_project
    JOIN project_date AS r ON r.project = right_project
    GROUP BY ALL
),
-- `metres`: the smallest distance between two precise places. `outside`: if each project has only one place, and at least one of
-- the two is an area such as a province, the distance between their circles (negative if these overlap).
points AS (
    SELECT
        left_project,
        right_project,
        l.precise AND r.precise AS precise,
        l.name = r.name AND l.name <> '' AS one_name,
        l.name <> '' AND r.name <> '' AS named,
        l.radius + r.radius AS radii,
        (l.precise OR l.radius > 0) AND (r.precise OR r.radius > 0) AS sized,
        12742000 * asin(least(1, sqrt(
            pow(sin(radians(l.latitude - r.latitude) / 2), 2)
            + cos(radians(l.latitude)) * cos(radians(r.latitude)) * pow(sin(radians(l.longitude - r.longitude) / 2), 2)
        ))) AS metres
    FROM project_pair
    JOIN project_place AS l ON l.project = left_project
    JOIN project_place AS r ON r.project = right_project
),
distances AS (
    SELECT
        left_project,
        right_project,
        bool_or(precise AND one_name) AS same_place,
        min(round(metres)::BIGINT) FILTER (precise) AS metres,
        CASE WHEN count(*) = 1 THEN max(metres - 1000 * radii) FILTER (sized AND NOT precise AND NOT one_name) END AS outside,
        bool_and(precise AND named) AS all_named
    FROM points
    GROUP BY ALL
),
lengths AS (
    SELECT left_project, right_project, min(abs(l.length - r.length) / greatest(l.length, r.length)) AS length_gap
    FROM project_pair
    JOIN project_length AS l ON l.project = left_project
    JOIN project_length AS r ON r.project = right_project
    GROUP BY ALL
),
-- Whether no place of one project sounds like a place of the other, by its given or its usual name. Three kinds of pairs are left
-- out. If a place of each project has a point, distances compare them. If a place has a Chinese name in a country that doesn't
-- write Chinese characters, the name is often an exonym. If only one of two places has a Chinese name, their sounds can't be
-- compared.
named_apart AS (
    SELECT
        left_project,
        right_project,
        NOT bool_or(l.sound = r.sound OR contains(l.sound, r.sound) OR contains(r.sound, l.sound) OR l.usual_sound = r.usual_sound) AS elsewhere
    FROM (SELECT left_project, right_project, sound, usual_sound, script, located FROM project_pair JOIN project_place_sound ON project = left_project) AS l
    JOIN project_place_sound AS r ON r.project = right_project
    GROUP BY ALL
    HAVING bool_and(
        NOT (l.located AND r.located) AND l.script <> 'han' AND r.script <> 'han' AND (l.script = 'own han') = (r.script = 'own han')
    )
),
-- Places of the two projects that are probably the same: they have the same name, the same sound in two scripts, or names in one
-- script that sound the same and differ by at most a letter. `same_sound` ignores the third case, and places of the same name that
-- both have points, because distances compare these.
shared_sounds AS (
    SELECT
        left_project,
        right_project,
        bool_or(across OR (one_name AND NOT (left_located AND right_located))) AS same_sound,
        count(DISTINCT place) AS shared_places
    FROM (
        SELECT
            left_project,
            right_project,
            l.place,
            r.name = l.name AS one_name,
            r.sound = l.sound AND replace(r.script, 'own ', '') <> replace(l.script, 'own ', '') AND len(l.sound) >= 3 AS across,
            -- As in Sidney and Sydney.
            r.sound = l.sound AND replace(r.script, 'own ', '') = replace(l.script, 'own ', '') AND len(l.name) >= 6 AND levenshtein(l.name, r.name) <= 1 AS alike,
            l.located AS left_located,
            r.located AS right_located
        FROM (
            SELECT left_project, right_project, place, name, sound, script, located
            FROM project_pair
            JOIN project_place_sound ON project = left_project
        ) AS l
        JOIN project_place_sound AS r ON r.project = right_project AND (r.sound = l.sound OR r.name = l.name)
    )
    WHERE one_name OR across OR alike
    GROUP BY ALL
),
place_counts AS (SELECT project, count(DISTINCT place) AS places FROM project_place_sound GROUP BY project)
SELECT
    left_project,
    right_project,
    finish, start, agreed, finish_span, start_span, agreed_span, too_early, span,
    coalesce(same_place, false) OR coalesce(same_sound, false) AS same_place,
    metres, outside, all_named, length_gap,
    coalesce(shared_places, 0)::BIGINT AS shared_places,
    coalesce(least(left_count.places, right_count.places), 0)::BIGINT AS fewest_places,
    coalesce(greatest(left_count.places, right_count.places), 0)::BIGINT AS most_places,
    coalesce(elsewhere, false) AS elsewhere
FROM project_pair
LEFT JOIN dates USING (left_project, right_project)
LEFT JOIN distances USING (left_project, right_project)
LEFT JOIN lengths USING (left_project, right_project)
LEFT JOIN shared_sounds USING (left_project, right_project)
LEFT JOIN named_apart USING (left_project, right_project)
LEFT JOIN place_counts AS left_count ON left_count.project = left_project
LEFT JOIN place_counts AS right_count ON right_count.project = right_project
