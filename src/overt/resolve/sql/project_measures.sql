-- name: measures
-- Similarities and differences of the two projects of a pair. Weights are summed as integers (thousandths of a bit), so that no
-- sum depends on the order. One project's values are joined to the pairs first, so that the engine never joins all projects that
-- share a word.
WITH left_words AS MATERIALIZED (
    SELECT left_project, right_project, word, weight FROM project_pair JOIN project_word ON project = left_project
),
shared_words AS (
    SELECT left_project, right_project, sum(least(l.weight, r.weight)) AS bits
    FROM left_words AS l
    JOIN project_word AS r ON r.project = right_project AND r.word = l.word
    GROUP BY ALL
),
-- The weight of keys that are a name on both sides, and of keys that are a name on one side and initials on the other.
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
-- The heaviest name variant of one side whose words (almost) all occur in the other side's names.
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
-- Words in a name on one side and in a place on the other. Words that are in both names are counted above.
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
-- Numbers of each side. A number that is part of a word (PPIC3) counts only if the other side has the word or the number, because an
-- abbreviation with a number says nothing about a name without it.
all_numbers AS (SELECT project, number FROM project_number UNION SELECT project, number FROM project_bound),
-- Each pair from both sides, so that one query reads the numbers of either project.
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
sides AS (SELECT project, list(side ORDER BY side) AS sides FROM project_side GROUP BY project),
acts AS (SELECT project, list(act ORDER BY act) AS acts FROM project_act GROUP BY project),
links AS (SELECT project, list(link ORDER BY link) AS links FROM project_link GROUP BY project),
countries AS (SELECT project, list(country ORDER BY country) AS countries FROM project_country GROUP BY project),
-- The largest number of projects of a kind that any one source has in a country: the smallest over a project's kinds, then the
-- larger of both projects, then the smallest over their shared countries. Kinds of manner (gifts, courses) do not count.
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
participants AS (SELECT project, cluster, weight, bool_and(further) AS further FROM project_participant GROUP BY ALL),
left_participants AS MATERIALIZED (
    SELECT left_project, right_project, cluster, weight, further FROM project_pair JOIN participants ON project = left_project
),
shared_participants AS (
    SELECT left_project, right_project, sum(l.weight) AS bits, count(*) AS organizations
    FROM left_participants AS l
    -- Two projects in several countries share the organisation itself, so it isn't counted again.
    JOIN participants AS r ON r.project = right_project AND r.cluster = l.cluster AND NOT (l.further AND r.further)
    GROUP BY ALL
),
-- In how many of the roles supplier and customer the two share a participant.
shared_roles AS (
    SELECT left_project, right_project, count(DISTINCT role) AS roles
    FROM (SELECT left_project, right_project, cluster, role FROM project_pair JOIN project_participant ON project = left_project) AS l
    SEMI JOIN project_participant AS r ON r.project = l.right_project AND r.cluster = l.cluster AND r.role = l.role
    WHERE role IN ('supplier', 'customer')
    GROUP BY ALL
),
roles_taken AS (
    SELECT project, list(DISTINCT role ORDER BY role) AS roles, (SELECT sum(weight) FROM participants WHERE participants.project = of.project) AS bits
    FROM project_participant AS of
    GROUP BY project
),
-- Clusters and names of the suppliers, of the customers, and of all participants. Names in different scripts can't be compared.
party_keys AS (
    SELECT
        project,
        list(key ORDER BY key) FILTER (role = 'supplier') AS suppliers,
        list(key ORDER BY key) FILTER (role = 'customer') AS customers,
        list(DISTINCT script ORDER BY script) FILTER (role = 'supplier') AS supplier_scripts,
        list(DISTINCT script ORDER BY script) FILTER (role = 'customer') AS customer_scripts,
        list(DISTINCT key ORDER BY key) AS parties
    FROM project_party
    GROUP BY project
),
dates AS (
    SELECT
        left_project,
        right_project,
        min(greatest(l.low - r.high, r.low - l.high, 0)) FILTER (l.stage = 'finish' AND r.stage = 'finish') AS finish,
        min(greatest(l.low - r.high, r.low - l.high, 0)) FILTER (l.stage = 'start' AND r.stage = 'start') AS start,
        min(greatest(l.low - r.high, r.low - l.high, 0)) FILTER (l.stage = 'agreed' AND r.stage = 'agreed') AS agreed,
        -- Days from the first to the last day that either date can mean.
        min(greatest(l.high, r.high) - least(l.low, r.low)) FILTER (l.stage = 'finish' AND r.stage = 'finish') AS finish_span,
        min(greatest(l.high, r.high) - least(l.low, r.low)) FILTER (l.stage = 'start' AND r.stage = 'start') AS start_span,
        min(greatest(l.high, r.high) - least(l.low, r.low)) FILTER (l.stage = 'agreed' AND r.stage = 'agreed') AS agreed_span,
        -- Days from the end of one project to the agreement or start of the other.
        max(CASE
            WHEN l.stage = 'finish' AND r.stage <> 'finish' THEN r.low - l.high
            WHEN r.stage = 'finish' AND l.stage <> 'finish' THEN l.low - r.high
        END) AS too_early
    FROM project_pair
    JOIN project_date AS l ON l.project = left_project
    JOIN project_date AS r ON r.project = right_project
    GROUP BY ALL
),
-- `metres`: the smallest distance of two precise places. `outside`: the distance between the circles of the only two places, of
-- which one is an area, such as a province.
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
-- A sum can be one commitment or contract, or all of a project's commitments or contracts. Only two of one kind can differ: a loan
-- often pays a part of a contract.
sums AS (
    FROM project_amount
    UNION
    SELECT project, sum(amount::DECIMAL(38, 2))::DOUBLE, unit, amount_kind, sum(usd::DECIMAL(38, 2))::DOUBLE
    FROM project_amount
    GROUP BY project, unit, amount_kind
),
left_amounts AS MATERIALIZED (
    SELECT left_project, right_project, amount, unit, amount_kind, usd FROM project_pair JOIN sums ON project = left_project
),
amounts AS (
    SELECT
        left_project,
        right_project,
        min(gap) FILTER (one_unit) AS amount_gap,
        bool_or(one_kind) FILTER (one_unit) AS amounts_of_one_kind,
        -- Lenders often pay 80, 85, 90 or 95 % of a contract.
        bool_or(abs(20 * (1 - gap) - round(20 * (1 - gap))) <= 0.2 AND gap BETWEEN 0.03 AND 0.22) FILTER (one_unit AND NOT one_kind) AS amount_is_part,
        min(usd_gap) FILTER (NOT one_unit) AS usd_gap
    FROM (
        SELECT
            left_project,
            right_project,
            l.unit = r.unit AS one_unit,
            abs(l.amount - r.amount) / greatest(l.amount, r.amount) AS gap,
            abs(l.usd - r.usd) / greatest(l.usd, r.usd) AS usd_gap,
            l.amount_kind = r.amount_kind AS one_kind
        FROM left_amounts AS l
        JOIN sums AS r ON r.project = right_project
    )
    GROUP BY ALL
),
-- Numbers that texts of both sides state, or a text of one side and a sum of the other.
left_stated AS MATERIALIZED (
    SELECT left_project, right_project, number, digits, unit, in_text FROM project_pair JOIN project_stated ON project = left_project
),
stated AS (
    SELECT
        left_project,
        right_project,
        max(CASE WHEN is_one AND digits >= 2 THEN 3 WHEN is_one THEN 2 WHEN of_one_unit THEN 1 END) AS stated
    FROM (
        SELECT
            left_project,
            right_project,
            abs(l.number - r.number) <= 0.005 * greatest(l.number, r.number) AND (l.unit = r.unit OR l.unit = '' OR r.unit = '') AS is_one,
            l.unit = r.unit AND l.unit <> '' AND abs(l.number - r.number) > 0.3 * greatest(l.number, r.number) AS of_one_unit,
            least(l.digits, r.digits) AS digits
        FROM left_stated AS l
        JOIN project_stated AS r ON r.project = right_project AND (l.in_text OR r.in_text)
    )
    GROUP BY ALL
),
settings AS (SELECT project, list(setting ORDER BY setting) AS settings FROM project_setting GROUP BY project),
designations AS (SELECT project, list(DISTINCT number ORDER BY number) AS numbers FROM project_bound GROUP BY project),
-- Places of which one has no point and whose names differ. Chinese names don't count, because those of places abroad are often
-- exonyms.
named_apart AS (
    SELECT left_project, right_project, NOT bool_or(l.sound = r.sound OR contains(l.sound, r.sound) OR contains(r.sound, l.sound)) AS elsewhere
    FROM (SELECT left_project, right_project, sound, script, located FROM project_pair JOIN project_place_sound ON project = left_project) AS l
    JOIN project_place_sound AS r ON r.project = right_project
    GROUP BY ALL
    HAVING bool_and(NOT (l.located AND r.located) AND l.script <> 'han' AND r.script <> 'han')
),
-- A place in two scripts, or one name of which a source gives no point.
shared_sounds AS (
    SELECT DISTINCT left_project, right_project, true AS same_sound
    FROM (SELECT left_project, right_project, name, sound, script, located FROM project_pair JOIN project_place_sound ON project = left_project) AS l
    JOIN project_place_sound AS r
    ON r.project = right_project
        AND r.sound = l.sound
        AND ((r.script <> l.script AND len(l.sound) >= 3) OR (r.name = l.name AND NOT (l.located AND r.located)))
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
        -- DARE2 is not Africa-1.
        WHEN shared_keys.equal IS NULL AND NOT list_has_any(ld.numbers, rd.numbers) THEN 'other'
        -- The first data centre of a city is not the second.
        WHEN shared_keys.equal IS NULL AND NOT list_has_any(lo.ordinals, ro.ordinals) THEN 'other'
        WHEN ln.numbers IS NULL AND rn.numbers IS NULL THEN 'unknown'
        -- The two share a full name without a number, so a number in another name says nothing.
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
        WHEN list_contains(lm.links, right_project) AND list_contains(rm.links, left_project) THEN 'both'
        WHEN list_contains(lm.links, right_project) OR list_contains(rm.links, left_project) THEN 'one'
        WHEN lm.links IS NULL AND rm.links IS NULL OR split_part(left_project, ':', 1) <> split_part(right_project, ':', 1) THEN 'unknown'
        ELSE 'none'
    END AS link,
    CASE
        WHEN la.acts IS NULL AND ra.acts IS NULL THEN 'unknown'
        WHEN la.acts IS NULL OR ra.acts IS NULL THEN 'one'
        WHEN NOT list_has_any(la.acts, ra.acts) THEN 'other'
        -- a course in another year is a different course
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
    shared_crowds.crowd AS crowd,
    -- A missing shared participant counts only if both sides name a participant in the same role.
    CASE
        WHEN shared_participants.bits IS NOT NULL THEN round(shared_participants.bits * shared_participants.bits / greatest(1, least(lt.bits, rt.bits)))
        WHEN lt.roles IS NULL OR rt.roles IS NULL OR NOT list_has_any(lt.roles, rt.roles) THEN -1
        ELSE 0
    END::BIGINT AS participant_bits,
    coalesce(shared_participants.organizations, 0)::BIGINT AS shared_participants,
    coalesce(shared_roles.roles, 0)::BIGINT AS shared_roles,
    CASE
        WHEN list_has_any(lp.supplier_scripts, rp.supplier_scripts)
            AND NOT list_has_any(lp.suppliers, rp.parties)
            AND NOT list_has_any(rp.suppliers, lp.parties) THEN 'other'
        ELSE 'unknown'
    END AS suppliers,
    CASE
        WHEN list_has_any(lp.customer_scripts, rp.customer_scripts)
            AND NOT list_has_any(lp.customers, rp.parties)
            AND NOT list_has_any(rp.customers, lp.parties) THEN 'other'
        ELSE 'unknown'
    END AS customers,
    left_project IN (FROM project_boundless) AND right_project IN (FROM project_boundless) AS boundless,
    list_contains(lp.customer_scripts, 'operator') AND list_contains(rp.customer_scripts, 'operator') AS operators,
    left_project IN (FROM project_network) AND right_project IN (FROM project_network) AS networks,
    finish, start, agreed, finish_span, start_span, agreed_span, too_early,
    coalesce(same_place, false) OR coalesce(same_sound, false) AS same_place,
    metres, outside, all_named, length_gap, amount_gap, amounts_of_one_kind, amount_is_part, usd_gap,
    CASE stated WHEN 3 THEN 'same' WHEN 2 THEN 'round' WHEN 1 THEN 'other' ELSE 'unknown' END AS stated,
    coalesce(elsewhere, false) AS elsewhere,
    CASE
        WHEN left_setting.settings IS NULL AND right_setting.settings IS NULL OR list_has_any(left_setting.settings, right_setting.settings) THEN 'unknown'
        WHEN left_setting.settings IS NULL OR right_setting.settings IS NULL THEN 'one'
        ELSE 'other'
    END AS setting,
    CASE WHEN ll.level <> rl.level THEN 'other' ELSE 'unknown' END AS level
FROM project_pair
JOIN project_record AS lw ON lw.project = left_project
JOIN project_record AS rw ON rw.project = right_project
LEFT JOIN shared_words USING (left_project, right_project)
LEFT JOIN shared_keys USING (left_project, right_project)
LEFT JOIN insides USING (left_project, right_project)
LEFT JOIN named_places USING (left_project, right_project)
LEFT JOIN shared_crowds USING (left_project, right_project)
LEFT JOIN shared_participants USING (left_project, right_project)
LEFT JOIN shared_roles USING (left_project, right_project)
LEFT JOIN dates USING (left_project, right_project)
LEFT JOIN distances USING (left_project, right_project)
LEFT JOIN lengths USING (left_project, right_project)
LEFT JOIN amounts USING (left_project, right_project)
LEFT JOIN stated USING (left_project, right_project)
LEFT JOIN shared_sounds USING (left_project, right_project)
LEFT JOIN named_apart USING (left_project, right_project)
LEFT JOIN settings AS left_setting ON left_setting.project = left_project
LEFT JOIN settings AS right_setting ON right_setting.project = right_project
LEFT JOIN designations AS ld ON ld.project = left_project
LEFT JOIN designations AS rd ON rd.project = right_project
LEFT JOIN project_level AS ll ON ll.project = left_project
LEFT JOIN project_level AS rl ON rl.project = right_project
LEFT JOIN word_sums AS lws ON lws.project = left_project
LEFT JOIN word_sums AS rws ON rws.project = right_project
LEFT JOIN numbers AS ln ON ln.project = left_project AND ln.other = right_project
LEFT JOIN numbers AS rn ON rn.project = right_project AND rn.other = left_project
LEFT JOIN ordinals AS lo ON lo.project = left_project
LEFT JOIN ordinals AS ro ON ro.project = right_project
LEFT JOIN links AS lm ON lm.project = left_project
LEFT JOIN links AS rm ON rm.project = right_project
LEFT JOIN sides AS ls ON ls.project = left_project
LEFT JOIN sides AS rs ON rs.project = right_project
LEFT JOIN acts AS la ON la.project = left_project
LEFT JOIN acts AS ra ON ra.project = right_project
LEFT JOIN countries AS lc ON lc.project = left_project
LEFT JOIN countries AS rc ON rc.project = right_project
LEFT JOIN roles_taken AS lt ON lt.project = left_project
LEFT JOIN roles_taken AS rt ON rt.project = right_project
LEFT JOIN party_keys AS lp ON lp.project = left_project
LEFT JOIN party_keys AS rp ON rp.project = right_project
ORDER BY left_project, right_project
