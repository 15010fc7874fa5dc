-- What a pair has in common and where it differs, in whole numbers (thousandths of a bit, days, metres), so that no sum depends on order.
-- What the left one has is laid beside its pairs first, so that the engine never lays all that share a word beside one another.
WITH left_words AS MATERIALIZED (
    SELECT left_project, right_project, word, weight FROM project_pair JOIN project_word ON project = left_project
),
shared_words AS (
    SELECT left_project, right_project, sum(least(one.weight, other.weight)) AS bits
    FROM left_words AS one
    JOIN project_word AS other ON other.project = right_project AND other.word = one.word
    GROUP BY ALL
),
-- What both are called: the weight of a key that both have; and of one that is a name of one and the initials of the other.
left_keys AS MATERIALIZED (
    SELECT left_project, right_project, key, weight, called FROM project_pair JOIN project_key ON project = left_project
),
shared_keys AS (
    SELECT
        left_project,
        right_project,
        max(least(one.weight, other.weight)) FILTER (one.called AND other.called) AS equal,
        max(least(one.weight, other.weight)) FILTER (one.called <> other.called) AS initials
    FROM left_keys AS one
    JOIN project_key AS other ON other.project = right_project AND other.key = one.key
    GROUP BY ALL
),
-- The heaviest name of one that stands (almost) whole in what the other is called.
left_calls AS MATERIALIZED (
    SELECT left_project, right_project, call, word, weight, whole FROM project_pair JOIN project_call ON project = left_project
),
right_calls AS MATERIALIZED (
    SELECT left_project, right_project, call, word, weight, whole FROM project_pair JOIN project_call ON project = right_project
),
insides AS (
    SELECT left_project, right_project, max(bits) AS inside
    FROM (
        SELECT left_project, right_project, sum(least(one.weight, other.weight)) AS bits
        FROM left_calls AS one
        JOIN project_word AS other ON other.project = right_project AND other.word = one.word
        GROUP BY left_project, right_project, one.call, one.whole
        HAVING sum(one.weight) * 100 >= one.whole * ${inside}
        UNION ALL
        SELECT left_project, right_project, sum(least(one.weight, other.weight)) AS bits
        FROM right_calls AS one
        JOIN project_word AS other ON other.project = left_project AND other.word = one.word
        GROUP BY left_project, right_project, one.call, one.whole
        HAVING sum(one.weight) * 100 >= one.whole * ${inside}
    )
    GROUP BY left_project, right_project
),
word_sums AS (SELECT project, sum(weight) AS bits FROM project_word GROUP BY project),
-- A word of one name that is a place of the other; what both names have is counted there.
right_words AS MATERIALIZED (
    SELECT left_project, right_project, word, weight FROM project_pair JOIN project_word ON project = right_project
),
named_places AS (
    SELECT left_project, right_project, sum(weight) AS bits
    FROM (
        SELECT left_project, right_project, one.word, one.weight
        FROM left_words AS one
        JOIN project_place_word AS other ON other.project = right_project AND other.word = one.word
        ANTI JOIN project_word AS counted ON counted.project = right_project AND counted.word = one.word
        UNION
        SELECT left_project, right_project, one.word, one.weight
        FROM right_words AS one
        JOIN project_place_word AS other ON other.project = left_project AND other.word = one.word
        ANTI JOIN project_word AS counted ON counted.project = left_project AND counted.word = one.word
    )
    GROUP BY ALL
),
numbers AS (SELECT project, list(number ORDER BY number) AS numbers FROM project_number GROUP BY project),
sides AS (SELECT project, list(side ORDER BY side) AS sides FROM project_side GROUP BY project),
acts AS (SELECT project, list(act ORDER BY act) AS acts FROM project_act GROUP BY project),
mentions AS (SELECT project, list(mention ORDER BY mention) AS others FROM project_mention GROUP BY project),
countries AS (SELECT project, list(country ORDER BY country) AS countries FROM project_country GROUP BY project),
-- How many of the kind a source has in the country that fewest of both's share; of gifts and courses there may always be another.
crowds AS (
    SELECT country, kind, max(projects) AS crowd
    FROM (
        SELECT country, kind, source, count(*) AS projects
        FROM project_country
        JOIN project_kind USING (project)
        JOIN project_whole USING (project)
        WHERE kind NOT IN (FROM project_manner)
        GROUP BY country, kind, source
    )
    GROUP BY country, kind
),
crowded AS (SELECT project, country, min(crowd) AS crowd FROM project_country JOIN project_kind USING (project) JOIN crowds USING (country, kind) GROUP BY project, country),
left_crowds AS MATERIALIZED (
    SELECT left_project, right_project, country, crowd FROM project_pair JOIN crowded ON project = left_project
),
met AS (
    SELECT left_project, right_project, min(greatest(one.crowd, other.crowd)) AS crowd
    FROM left_crowds AS one
    JOIN crowded AS other ON other.project = right_project AND other.country = one.country
    GROUP BY ALL
),
things AS (SELECT DISTINCT project, thing, weight FROM project_participant),
left_things AS MATERIALIZED (
    SELECT left_project, right_project, thing, weight FROM project_pair JOIN things ON project = left_project
),
parts_taken AS (
    SELECT left_project, right_project, sum(one.weight) AS bits
    FROM left_things AS one
    JOIN things AS other ON other.project = right_project AND other.thing = one.thing
    GROUP BY ALL
),
taken AS (
    SELECT project, list(DISTINCT role ORDER BY role) AS roles, (SELECT sum(weight) FROM things WHERE things.project = of.project) AS bits
    FROM project_participant AS of
    GROUP BY project
),
dates AS (
    SELECT
        left_project,
        right_project,
        min(greatest(one.low - other.high, other.low - one.high, 0)) FILTER (one.stage = 'finish' AND other.stage = 'finish') AS finish,
        min(greatest(one.low - other.high, other.low - one.high, 0)) FILTER (one.stage = 'start' AND other.stage = 'start') AS start,
        min(greatest(one.low - other.high, other.low - one.high, 0)) FILTER (one.stage = 'agreed' AND other.stage = 'agreed') AS agreed,
        min(greatest(one.high - one.low, other.high - other.low)) FILTER (one.stage = 'finish' AND other.stage = 'finish') AS finish_span,
        min(greatest(one.high - one.low, other.high - other.low)) FILTER (one.stage = 'start' AND other.stage = 'start') AS start_span,
        min(greatest(one.high - one.low, other.high - other.low)) FILTER (one.stage = 'agreed' AND other.stage = 'agreed') AS agreed_span,
        -- How long before the other was agreed or begun one was finished.
        max(CASE
            WHEN one.stage = 'finish' AND other.stage <> 'finish' THEN other.low - one.high
            WHEN other.stage = 'finish' AND one.stage <> 'finish' THEN one.low - other.high
        END) AS too_early
    FROM project_pair
    JOIN project_date AS one ON one.project = left_project
    JOIN project_date AS other ON other.project = right_project
    GROUP BY ALL
),
apart AS (
    SELECT
        left_project,
        right_project,
        bool_or(one.precise AND other.precise AND one.name = other.name AND one.name <> '') AS same_place,
        min(CASE WHEN one.precise AND other.precise THEN round(12742000 * asin(least(1, sqrt(
            pow(sin(radians(one.latitude - other.latitude) / 2), 2)
            + cos(radians(one.latitude)) * cos(radians(other.latitude)) * pow(sin(radians(one.longitude - other.longitude) / 2), 2)
        ))))::BIGINT END) AS metres,
        bool_and(one.precise AND other.precise AND one.name <> '' AND other.name <> '') AS all_named
    FROM project_pair
    JOIN project_place AS one ON one.project = left_project
    JOIN project_place AS other ON other.project = right_project
    GROUP BY ALL
),
lengths AS (
    SELECT left_project, right_project, min(abs(one.length - other.length) / greatest(one.length, other.length)) AS length_gap
    FROM project_pair
    JOIN project_length AS one ON one.project = left_project
    JOIN project_length AS other ON other.project = right_project
    GROUP BY ALL
),
left_amounts AS MATERIALIZED (
    SELECT left_project, right_project, amount, unit FROM project_pair JOIN project_amount ON project = left_project
),
amounts AS (
    SELECT left_project, right_project, min(abs(one.amount - other.amount) / greatest(one.amount, other.amount)) AS amount_gap
    FROM left_amounts AS one
    JOIN project_amount AS other ON other.project = right_project AND other.unit = one.unit
    GROUP BY ALL
)
SELECT
    left_project,
    right_project,
    lw.number AS left_number,
    rw.number AS right_number,
    lw.source_number AS left_source,
    rw.source_number AS right_source,
    kind,
    coalesce(shared_words.bits, 0)::BIGINT AS name_bits,
    coalesce(lws.bits, 0)::BIGINT AS left_bits,
    coalesce(rws.bits, 0)::BIGINT AS right_bits,
    coalesce(shared_keys.equal, -1)::BIGINT AS equal_bits,
    coalesce(shared_keys.initials, -1)::BIGINT AS initial_bits,
    coalesce(insides.inside, -1)::BIGINT AS inside_bits,
    coalesce(named_places.bits, 0)::BIGINT AS place_bits,
    CASE
        WHEN ln.numbers IS NULL AND rn.numbers IS NULL THEN 'unknown'
        -- One has the other's name, numbers and all.
        WHEN (ln.numbers IS NULL OR rn.numbers IS NULL) AND shared_keys.equal IS NOT NULL THEN 'unknown'
        WHEN coalesce(ln.numbers, rn.numbers) = ['1'] AND (ln.numbers IS NULL OR rn.numbers IS NULL) THEN 'first'
        WHEN ln.numbers IS NULL OR rn.numbers IS NULL THEN 'later'
        WHEN ln.numbers = rn.numbers THEN 'same'
        WHEN list_has_any(ln.numbers, rn.numbers) THEN 'some'
        ELSE 'other'
    END AS number,
    CASE
        WHEN ls.sides IS NULL AND rs.sides IS NULL OR shared_keys.equal IS NOT NULL THEN 'unknown'
        WHEN ls.sides IS NULL OR rs.sides IS NULL THEN 'one'
        WHEN list_has_any(ls.sides, rs.sides) THEN 'unknown'
        ELSE 'other'
    END AS side,
    CASE
        WHEN list_contains(lm.others, right_project) AND list_contains(rm.others, left_project) THEN 'both'
        WHEN list_contains(lm.others, right_project) OR list_contains(rm.others, left_project) THEN 'one'
        WHEN lm.others IS NULL AND rm.others IS NULL OR split_part(left_project, ':', 1) <> split_part(right_project, ':', 1) THEN 'unknown'
        ELSE 'none'
    END AS mention,
    CASE
        WHEN la.acts IS NULL AND ra.acts IS NULL THEN 'unknown'
        WHEN la.acts IS NULL OR ra.acts IS NULL THEN 'one'
        WHEN NOT list_has_any(la.acts, ra.acts) THEN 'other'
        -- A course of another year is another course.
        WHEN agreed > 0 AND list_has_any(list_intersect(la.acts, ra.acts), ['assist', 'teach']) THEN 'again'
        ELSE 'same'
    END AS act,
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
    met.crowd AS crowd,
    -- That none is shared says something only where both tell who has the same role.
    CASE
        WHEN parts_taken.bits IS NOT NULL THEN round(parts_taken.bits * parts_taken.bits / greatest(1, least(lt.bits, rt.bits)))
        WHEN lt.roles IS NULL OR rt.roles IS NULL OR NOT list_has_any(lt.roles, rt.roles) THEN -1
        ELSE 0
    END::BIGINT AS participant_bits,
    finish, start, agreed, finish_span, start_span, agreed_span, too_early,
    same_place, metres, all_named, length_gap, amount_gap
FROM project_pair
JOIN project_whole AS lw ON lw.project = left_project
JOIN project_whole AS rw ON rw.project = right_project
LEFT JOIN shared_words USING (left_project, right_project)
LEFT JOIN shared_keys USING (left_project, right_project)
LEFT JOIN insides USING (left_project, right_project)
LEFT JOIN named_places USING (left_project, right_project)
LEFT JOIN met USING (left_project, right_project)
LEFT JOIN parts_taken USING (left_project, right_project)
LEFT JOIN dates USING (left_project, right_project)
LEFT JOIN apart USING (left_project, right_project)
LEFT JOIN lengths USING (left_project, right_project)
LEFT JOIN amounts USING (left_project, right_project)
LEFT JOIN word_sums AS lws ON lws.project = left_project
LEFT JOIN word_sums AS rws ON rws.project = right_project
LEFT JOIN numbers AS ln ON ln.project = left_project
LEFT JOIN numbers AS rn ON rn.project = right_project
LEFT JOIN mentions AS lm ON lm.project = left_project
LEFT JOIN mentions AS rm ON rm.project = right_project
LEFT JOIN sides AS ls ON ls.project = left_project
LEFT JOIN sides AS rs ON rs.project = right_project
LEFT JOIN acts AS la ON la.project = left_project
LEFT JOIN acts AS ra ON ra.project = right_project
LEFT JOIN countries AS lc ON lc.project = left_project
LEFT JOIN countries AS rc ON rc.project = right_project
LEFT JOIN taken AS lt ON lt.project = left_project
LEFT JOIN taken AS rt ON rt.project = right_project
ORDER BY left_project, right_project
