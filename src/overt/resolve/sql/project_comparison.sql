-- name: measures
-- Similarities and differences of the two projects of each pair. The query joins the tables made by `project_name_comparison`,
-- `project_party_comparison`, `project_date_and_place_comparison` and `project_sum_comparison`. It adds links, activities, countries,
-- crowds, subjects of titles and levels.
WITH acts AS (SELECT project, list(act ORDER BY act) AS acts FROM project_act GROUP BY project),
links AS (SELECT project, list(link ORDER BY link) AS links FROM project_link GROUP BY project),
countries AS (SELECT project, list(country ORDER BY country) AS countries FROM project_country GROUP BY project),
-- The crowd of a kind in a country is the largest number of such projects that any one source has there. A project's crowd in a
-- country is the smallest over its kinds. For a pair, the larger of the two crowds counts, in the shared country where that is
-- smallest. Kinds that are only a manner (gifts, courses) don't count.
crowds AS (
    SELECT country, kind, max(projects) AS crowd
    FROM (
        SELECT country, kind, source, count(*) AS projects
        FROM project_country
        JOIN project_kind USING (project)
        JOIN project_record USING (project)
        WHERE kind NOT IN (FROM project_manner)
        GROUP BY country, kind, source
    )
    GROUP BY country, kind
),
crowded AS (SELECT project, country, min(crowd) AS crowd FROM project_country JOIN project_kind USING (project) JOIN crowds USING (country, kind) GROUP BY project, country),
left_crowds AS MATERIALIZED (
    SELECT left_project, right_project, country, crowd FROM project_pair JOIN crowded ON project = left_project
),
shared_crowds AS (
    SELECT left_project, right_project, min(greatest(l.crowd, r.crowd)) AS crowd
    FROM left_crowds AS l
    JOIN crowded AS r ON r.project = right_project AND r.country = l.country
    GROUP BY ALL
),
subjects AS (
    SELECT
        project,
        list(DISTINCT subject ORDER BY subject) AS everything,
        list(subject ORDER BY subject) FILTER ("group" = 'object') AS objects,
        list(subject ORDER BY subject) FILTER ("group" = 'strong') AS strong,
        list(subject ORDER BY subject) FILTER ("group" = 'place') AS places,
        list(subject ORDER BY subject) FILTER ("group" = 'use') AS uses
    FROM project_subject
    GROUP BY project
)
SELECT
    left_project,
    right_project,
    lw.number AS left_number,
    rw.number AS right_number,
    lw.source_number AS left_source,
    rw.source_number AS right_source,
    kind,
    name_bits, left_bits, right_bits, equal_bits, initial_bits, inside_bits, place_bits, project_pair_name.number, side, mentioned, named_apart, titles_apart,
    CASE
        WHEN list_contains(lm.links, right_project) AND list_contains(rm.links, left_project) THEN 'both'
        WHEN list_contains(lm.links, right_project) OR list_contains(rm.links, left_project) THEN 'one'
        WHEN lm.links IS NULL AND rm.links IS NULL OR split_part(left_project, ':', 1) <> split_part(right_project, ':', 1) THEN 'unknown'
        ELSE 'none'
    END AS link,
    CASE
        WHEN la.acts IS NULL AND ra.acts IS NULL THEN 'unknown'
        WHEN la.acts IS NULL OR ra.acts IS NULL THEN 'one'
        WHEN NOT list_has_any(la.acts, ra.acts) THEN 'other'
        -- A course in another year is a different course.
        WHEN agreed > 0 AND list_has_any(list_intersect(la.acts, ra.acts), ['assist', 'teach']) THEN 'again'
        ELSE 'same'
    END AS act,
    coalesce(list_has_all(['extend', 'repair'], coalesce(la.acts, ra.acts)), false) AS renewal,
    CASE
        WHEN lc.countries IS NULL OR rc.countries IS NULL THEN 'unknown'
        WHEN lc.countries = rc.countries THEN 'same'
        WHEN list_has_all(lc.countries, rc.countries) OR list_has_all(rc.countries, lc.countries) THEN 'within'
        WHEN list_has_any(lc.countries, rc.countries) THEN 'some'
        ELSE 'other'
    END AS country,
    len(list_intersect(lc.countries, rc.countries)) AS shared_countries,
    len(lc.countries) AS left_countries,
    len(rc.countries) AS right_countries,
    shared_crowds.crowd AS crowd,
    participant_bits, shared_participants, shared_roles, suppliers, customers,
    left_project IN (FROM project_boundless) AND right_project IN (FROM project_boundless) AS boundless,
    left_project IN (FROM project_resold) OR right_project IN (FROM project_resold) AS resold,
    operators,
    left_project IN (FROM project_network) AND right_project IN (FROM project_network) AS networks,
    finish, start, agreed, finish_span, start_span, agreed_span, too_early, span,
    same_place, metres, outside, all_named, shared_places, fewest_places, most_places, length_gap, amount_gap, amounts_of_one_kind, amount_is_part, amount_of_lender, usd_gap, stated, elsewhere,
    CASE
        WHEN ls.everything IS NULL AND rs.everything IS NULL OR list_has_any(ls.everything, rs.everything) THEN 'unknown'
        WHEN ls.objects IS NOT NULL OR rs.objects IS NOT NULL THEN 'object'
        WHEN ls.strong IS NOT NULL AND rs.strong IS NOT NULL THEN 'other'
        WHEN ls.places IS NOT NULL AND rs.places IS NOT NULL OR ls.uses IS NOT NULL AND rs.uses IS NOT NULL THEN 'other'
        WHEN ls.strong IS NOT NULL OR rs.strong IS NOT NULL THEN 'one'
        ELSE 'unknown'
    END AS setting,
    CASE WHEN ll.level <> rl.level THEN 'other' ELSE 'unknown' END AS level
FROM project_pair
JOIN project_record AS lw ON lw.project = left_project
JOIN project_record AS rw ON rw.project = right_project
JOIN project_pair_name USING (left_project, right_project)
JOIN project_pair_party USING (left_project, right_project)
JOIN project_pair_place USING (left_project, right_project)
JOIN project_pair_sum USING (left_project, right_project)
LEFT JOIN shared_crowds USING (left_project, right_project)
LEFT JOIN subjects AS ls ON ls.project = left_project
LEFT JOIN subjects AS rs ON rs.project = right_project
LEFT JOIN project_level AS ll ON ll.project = left_project
LEFT JOIN project_level AS rl ON rl.project = right_project
LEFT JOIN links AS lm ON lm.project = left_project
LEFT JOIN links AS rm ON rm.project = right_project
LEFT JOIN acts AS la ON la.project = left_project
LEFT JOIN acts AS ra ON ra.project = right_project
LEFT JOIN countries AS lc ON lc.project = left_project
LEFT JOIN countries AS rc ON rc.project = right_project
ORDER BY left_project, right_project
