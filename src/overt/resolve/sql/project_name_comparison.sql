-- name: name_measures
-- What the names of each project of a pair share with the names, places and texts of the other, and how the numbers and sides of
-- the two agree. Weights are summed as integers (thousandths of a bit), so that no sum depends on the order. One project's values
-- are joined to the pairs first, so that the engine never joins all projects that share a word.
CREATE OR REPLACE TEMP TABLE project_pair_name AS
WITH left_words AS MATERIALIZED (
    SELECT left_project, right_project, word, weight FROM project_pair JOIN project_word ON project = left_project
),
shared_words AS (
    SELECT left_project, right_project, sum(least(l.weight, r.weight)) AS bits
    FROM left_words AS l
    JOIN project_word AS r ON r.project = right_project AND r.word = l.word
    GROUP BY ALL
),
-- The weight of the heaviest shared key that is a name of both projects, and of the heaviest that is a name of one project and
-- initials of the other.
left_keys AS MATERIALIZED (
    SELECT left_project, right_project, key, weight, is_name FROM project_pair JOIN project_key ON project = left_project
),
shared_keys AS (
    SELECT
        left_project,
        right_project,
        max(least(l.weight, r.weight)) FILTER (l.is_name AND r.is_name) AS equal,
        max(least(l.weight, r.weight)) FILTER (l.is_name <> r.is_name) AS initials
    FROM left_keys AS l
    JOIN project_key AS r ON r.project = right_project AND r.key = l.key
    GROUP BY ALL
),
-- The weight of the heaviest name variant of one project whose words (almost) all occur in the other project's names.
left_variants AS MATERIALIZED (
    SELECT left_project, right_project, variant, word, weight, total FROM project_pair JOIN project_variant ON project = left_project
),
right_variants AS MATERIALIZED (
    SELECT left_project, right_project, variant, word, weight, total FROM project_pair JOIN project_variant ON project = right_project
),
insides AS (
    SELECT left_project, right_project, max(bits) AS inside
    FROM (
        SELECT left_project, right_project, sum(least(l.weight, r.weight)) AS bits
        FROM left_variants AS l
        JOIN project_word AS r ON r.project = right_project AND r.word = l.word
        GROUP BY left_project, right_project, l.variant, l.total
        HAVING sum(l.weight) * 100 >= l.total * ${inside}
        UNION ALL
        SELECT left_project, right_project, sum(least(l.weight, r.weight)) AS bits
        FROM right_variants AS r
        JOIN project_word AS l ON l.project = left_project AND l.word = r.word
        GROUP BY left_project, right_project, r.variant, r.total
        HAVING sum(r.weight) * 100 >= r.total * ${inside}
    )
    GROUP BY left_project, right_project
),
word_sums AS (SELECT project, sum(weight) AS bits FROM project_word GROUP BY project),
-- Words in a name of one project and a place of the other. Words in names of both are left out, because they are counted above.
right_words AS MATERIALIZED (
    SELECT left_project, right_project, word, weight FROM project_pair JOIN project_word ON project = right_project
),
named_places AS (
    SELECT left_project, right_project, sum(weight) AS bits
    FROM (
        SELECT left_project, right_project, l.word, l.weight
        FROM left_words AS l
        JOIN project_place_word AS r ON r.project = right_project AND r.word = l.word
        ANTI JOIN project_word AS counted ON counted.project = right_project AND counted.word = l.word
        UNION
        SELECT left_project, right_project, r.word, r.weight
        FROM right_words AS r
        JOIN project_place_word AS l ON l.project = left_project AND l.word = r.word
        ANTI JOIN project_word AS counted ON counted.project = left_project AND counted.word = r.word
    )
    GROUP BY ALL
),
-- The numbers of each project. A number that is part of a word (PPIC3) counts only if the other project has the word or the
-- number, because an abbreviation with a number says nothing about a name without it.
all_numbers AS (SELECT project, number FROM project_number UNION SELECT project, number FROM project_bound),
-- Each pair in both orders, so that one query reads the numbers of either project.
sided_pair AS (
    SELECT left_project AS project, right_project AS other FROM project_pair
    UNION ALL
    SELECT right_project, left_project FROM project_pair
),
sided_bound AS (SELECT project, other, word, number FROM sided_pair JOIN project_bound USING (project)),
numbers AS (
    SELECT project, other, list(DISTINCT number ORDER BY number) AS numbers
    FROM (
        SELECT project, other, number FROM sided_pair JOIN project_number USING (project)
        UNION ALL
        SELECT b.project, other, b.number FROM sided_bound AS b
        SEMI JOIN project_word AS w ON w.project = b.other AND w.word = b.word
        UNION ALL
        SELECT b.project, other, b.number FROM sided_bound AS b
        SEMI JOIN all_numbers AS n ON n.project = b.other AND n.number = b.number
    )
    GROUP BY project, other
),
ordinals AS (SELECT project, list(ordinal ORDER BY ordinal) AS ordinals FROM project_ordinal GROUP BY project),
-- A project whose names have several sides (north, south and centre) is about the whole, so its sides don't count.
sides AS (SELECT project, list(side) AS sides FROM project_side GROUP BY project HAVING count(*) = 1),
text_numbers AS (SELECT project, list(number ORDER BY number) AS numbers FROM project_text_number GROUP BY project),
-- Whether a coined name is in the titles of one project and in a text of the other, and whether such a name ends in a digit.
mentioned AS (
    SELECT left_project, right_project, bool_or(r.word[-1] BETWEEN '0' AND '9') AS numbered
    FROM (SELECT left_project, right_project, word, in_text FROM project_pair JOIN project_mention ON project = left_project) AS l
    JOIN project_mention AS r ON r.project = right_project AND r.word = l.word AND r.in_text <> l.in_text
    GROUP BY ALL
),
-- The coined names and bracketed abbreviations in the titles of each project, and all words in which the other project's may
-- occur.
own_names AS (SELECT project, list(word ORDER BY word) AS words FROM project_own_name GROUP BY project),
all_words AS (SELECT project, list(word) AS words FROM (SELECT project, word FROM project_word UNION SELECT project, word FROM project_own_name) GROUP BY project),
-- The places of each project that its titles name. The titles of two projects are apart if no place in the titles of either is
-- among the words and places of the other.
titled AS (SELECT DISTINCT project, word FROM project_word JOIN project_place_word USING (project, word)),
all_place_words AS (SELECT project, list(word) AS words FROM (FROM project_place_word UNION SELECT project, word FROM project_word) GROUP BY project),
titles AS (SELECT project, list(word ORDER BY word) AS words FROM titled GROUP BY project),
designations AS (SELECT project, list(DISTINCT number ORDER BY number) AS numbers FROM project_bound GROUP BY project)
SELECT
    left_project,
    right_project,
    coalesce(shared_words.bits, 0)::BIGINT AS name_bits,
    coalesce(lws.bits, 0)::BIGINT AS left_bits,
    coalesce(rws.bits, 0)::BIGINT AS right_bits,
    coalesce(shared_keys.equal, -1)::BIGINT AS equal_bits,
    coalesce(shared_keys.initials, -1)::BIGINT AS initial_bits,
    coalesce(insides.inside, -1)::BIGINT AS inside_bits,
    coalesce(named_places.bits, 0)::BIGINT AS place_bits,
    CASE
        -- Words with different numbers are different names: DARE2 is not Africa-1.
        WHEN shared_keys.equal IS NULL AND NOT list_has_any(ld.numbers, rd.numbers) THEN 'other'
        -- Different ordinals are different projects, such as the first and the second data centre of a city.
        WHEN shared_keys.equal IS NULL AND NOT list_has_any(lo.ordinals, ro.ordinals) THEN 'other'
        WHEN ln.numbers IS NULL AND rn.numbers IS NULL THEN 'unknown'
        -- The two share a full name, so a number that only one of them has is no evidence.
        WHEN (ln.numbers IS NULL OR rn.numbers IS NULL) AND shared_keys.equal IS NOT NULL THEN 'unknown'
        -- A text of one project contains the name of the other with its number, such as SJC2.
        WHEN (ln.numbers IS NULL OR rn.numbers IS NULL) AND mentioned.numbered THEN 'unknown'
        WHEN coalesce(ln.numbers, rn.numbers) = ['1'] AND (ln.numbers IS NULL OR rn.numbers IS NULL) THEN 'first'
        -- The name of one project has no number, but its description mentions all numbers of the other, such as phases.
        WHEN ln.numbers IS NULL AND list_has_all(lt.numbers, rn.numbers) OR rn.numbers IS NULL AND list_has_all(rt.numbers, ln.numbers) THEN 'mentioned'
        WHEN ln.numbers IS NULL OR rn.numbers IS NULL THEN 'later'
        -- A number from a description is less certain, because the description may mention a phase other than the project's own:
        -- “a second phase is planned”.
        WHEN ln.numbers = rn.numbers AND (left_project IN (FROM project_described_number) OR right_project IN (FROM project_described_number)) THEN 'described'
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
    mentioned.left_project IS NOT NULL AS mentioned,
    coalesce(NOT list_has_any(lown.words, rword.words) AND NOT list_has_any(rown.words, lword.words), false) AS named_apart,
    coalesce(NOT list_has_any(ltitle.words, rplace.words) AND NOT list_has_any(rtitle.words, lplace.words), false) AS titles_apart
FROM project_pair
LEFT JOIN shared_words USING (left_project, right_project)
LEFT JOIN shared_keys USING (left_project, right_project)
LEFT JOIN insides USING (left_project, right_project)
LEFT JOIN named_places USING (left_project, right_project)
LEFT JOIN designations AS ld ON ld.project = left_project
LEFT JOIN designations AS rd ON rd.project = right_project
LEFT JOIN word_sums AS lws ON lws.project = left_project
LEFT JOIN word_sums AS rws ON rws.project = right_project
LEFT JOIN numbers AS ln ON ln.project = left_project AND ln.other = right_project
LEFT JOIN numbers AS rn ON rn.project = right_project AND rn.other = left_project
LEFT JOIN ordinals AS lo ON lo.project = left_project
LEFT JOIN ordinals AS ro ON ro.project = right_project
LEFT JOIN sides AS ls ON ls.project = left_project
LEFT JOIN sides AS rs ON rs.project = right_project
LEFT JOIN text_numbers AS lt ON lt.project = left_project
LEFT JOIN text_numbers AS rt ON rt.project = right_project
LEFT JOIN mentioned USING (left_project, right_project)
LEFT JOIN own_names AS lown ON lown.project = left_project
LEFT JOIN own_names AS rown ON rown.project = right_project
LEFT JOIN all_words AS lword ON lword.project = left_project
LEFT JOIN all_words AS rword ON rword.project = right_project
LEFT JOIN titles AS ltitle ON ltitle.project = left_project
LEFT JOIN titles AS rtitle ON rtitle.project = right_project
LEFT JOIN all_place_words AS lplace ON lplace.project = left_project
LEFT JOIN all_place_words AS rplace ON rplace.project = right_project
