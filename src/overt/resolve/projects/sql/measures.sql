-- What a pair has in common and where it differs, in whole numbers (thousandths of a bit, days, metres), so that no sum depends on order.
WITH shared_words AS (
    SELECT left_project, right_project, sum(least(one.weight, other.weight)) AS bits
    FROM project_pair
    JOIN project_word AS one ON one.project = left_project
    JOIN project_word AS other ON other.project = right_project AND other.word = one.word
    GROUP BY ALL
),
word_sums AS (SELECT project, sum(weight) AS bits FROM project_word GROUP BY project),
-- A word of one name that is a place of the other; what both names have is counted there.
named_places AS (
    SELECT left_project, right_project, sum(weight) AS bits
    FROM (
        SELECT left_project, right_project, one.word, one.weight
        FROM project_pair
        JOIN project_word AS one ON one.project = left_project
        JOIN project_place_word AS other ON other.project = right_project AND other.word = one.word
        ANTI JOIN project_word AS counted ON counted.project = right_project AND counted.word = one.word
        UNION
        SELECT left_project, right_project, one.word, one.weight
        FROM project_pair
        JOIN project_word AS one ON one.project = right_project
        JOIN project_place_word AS other ON other.project = left_project AND other.word = one.word
        ANTI JOIN project_word AS counted ON counted.project = left_project AND counted.word = one.word
    )
    GROUP BY ALL
),
numbers AS (SELECT project, list(number ORDER BY number) AS numbers FROM project_number GROUP BY project),
acts AS (SELECT project, list(act ORDER BY act) AS acts FROM project_act GROUP BY project),
mentions AS (SELECT project, list(mention ORDER BY mention) AS others FROM project_mention GROUP BY project),
countries AS (SELECT project, list(country ORDER BY country) AS countries FROM project_country GROUP BY project),
parts_taken AS (
    SELECT left_project, right_project, sum(one.weight) AS bits
    FROM project_pair
    JOIN project_participant AS one ON one.project = left_project
    JOIN project_participant AS other ON other.project = right_project AND other.thing = one.thing
    GROUP BY ALL
),
taken AS (SELECT project, count(*) AS participants FROM project_participant GROUP BY project),
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
amounts AS (
    SELECT left_project, right_project, min(abs(one.amount - other.amount) / greatest(one.amount, other.amount)) AS amount_gap
    FROM project_pair
    JOIN project_amount AS one ON one.project = left_project
    JOIN project_amount AS other ON other.project = right_project AND other.unit = one.unit
    GROUP BY ALL
)
SELECT
    left_project,
    right_project,
    kind,
    coalesce(shared_words.bits, 0)::BIGINT AS name_bits,
    coalesce(lws.bits, 0)::BIGINT AS left_bits,
    coalesce(rws.bits, 0)::BIGINT AS right_bits,
    coalesce(named_places.bits, 0)::BIGINT AS place_bits,
    CASE
        WHEN ln.numbers IS NULL AND rn.numbers IS NULL THEN 'unknown'
        WHEN ln.numbers IS NULL OR rn.numbers IS NULL THEN 'one'
        WHEN ln.numbers = rn.numbers THEN 'same'
        WHEN list_has_any(ln.numbers, rn.numbers) THEN 'some'
        ELSE 'other'
    END AS number,
    CASE
        WHEN list_contains(lm.others, right_project) AND list_contains(rm.others, left_project) THEN 'both'
        WHEN list_contains(lm.others, right_project) OR list_contains(rm.others, left_project) THEN 'one'
        WHEN lm.others IS NULL AND rm.others IS NULL OR split_part(left_project, ':', 1) <> split_part(right_project, ':', 1) THEN 'unknown'
        ELSE 'none'
    END AS mention,
    CASE
        WHEN la.acts IS NULL OR ra.acts IS NULL THEN 'unknown'
        WHEN list_has_any(la.acts, ra.acts) THEN 'same'
        ELSE 'other'
    END AS act,
    CASE
        WHEN lc.countries IS NULL OR rc.countries IS NULL THEN 'unknown'
        WHEN lc.countries = rc.countries THEN 'same'
        WHEN list_has_all(lc.countries, rc.countries) OR list_has_all(rc.countries, lc.countries) THEN 'within'
        WHEN list_has_any(lc.countries, rc.countries) THEN 'some'
        ELSE 'other'
    END AS country,
    CASE WHEN lt.participants IS NULL OR rt.participants IS NULL THEN -1 ELSE coalesce(parts_taken.bits, 0) END::BIGINT AS participant_bits,
    finish, start, agreed, finish_span, start_span, agreed_span, too_early,
    same_place, metres, all_named, length_gap, amount_gap
FROM project_pair
LEFT JOIN shared_words USING (left_project, right_project)
LEFT JOIN named_places USING (left_project, right_project)
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
LEFT JOIN acts AS la ON la.project = left_project
LEFT JOIN acts AS ra ON ra.project = right_project
LEFT JOIN countries AS lc ON lc.project = left_project
LEFT JOIN countries AS rc ON rc.project = right_project
LEFT JOIN taken AS lt ON lt.project = left_project
LEFT JOIN taken AS rt ON rt.project = right_project
ORDER BY left_project, right_project
