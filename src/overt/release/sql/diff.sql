-- Differences between two releases. Their tables are views named old_… and new_….

-- name: differences
-- One row per difference. Columns: what, id, type, label, property, before, after; the values that are no longer shown, and
-- those that are newly shown; the source of a retracted claim; the causes (sources, judgement, whether an editor's claim was
-- added, whether one was removed, whether the difference undoes a retraction, retraction); and all shown values of a new record.
WITH retracted AS (
    SELECT n.claim_id, n.id, n.type, n.property, n.value || coalesce(' ' || n.unit, '') AS value, n.source,
        coalesce(max_by('retracted by an editor: ' || nullif(t.why, ''), t.sequence), 'retracted by an editor') AS retraction
    FROM new_claims AS n
    JOIN old_claims AS o USING (claim_id)
    LEFT JOIN new_retractions AS t ON t.target IN (n.claim_id, n.record)
    WHERE n.standing = 'retracted' AND o.standing = 'current'
    GROUP BY ALL
),
taken AS ( -- records that lost no claims other than retracted ones
    SELECT id, min(retraction) AS retraction FROM retracted
    WHERE id NOT IN (SELECT id FROM old_claims ANTI JOIN new_claims USING (claim_id) WHERE standing = 'current')
    GROUP BY id
),
restored AS ( -- claims whose retraction was undone
    SELECT n.id, n.property, coalesce(n.target, n.value) || coalesce(' ' || n.unit, '') AS value
    FROM new_claims AS n
    JOIN old_claims AS o USING (claim_id)
    WHERE n.standing = 'current' AND o.standing = 'retracted'
),
restored_records AS ( -- records whose current claims were all in the older release
    SELECT id FROM restored
    EXCEPT
    SELECT id FROM new_claims ANTI JOIN old_claims USING (claim_id) WHERE standing = 'current'
),
judgements AS (
    SELECT j.left, j.right, 'judged: ' || j.verdict || ' by an editor' || coalesce(': ' || nullif(j.why, ''), '') AS judgement
    FROM new_judgements AS j ANTI JOIN old_judgements AS o USING (sequence)
    UNION ALL
    SELECT o.left, o.right, 'taken back: ' || o.verdict || ' by an editor' || coalesce(': ' || nullif(o.why, ''), '')
    FROM old_judgements AS o ANTI JOIN new_judgements AS j ON j.left = o.left AND j.right = o.right
),
judged AS (
    SELECT m.id, min(j.judgement) AS judgement,
        min(j.judgement) FILTER (WHERE j.judgement[:12] = 'judged: same' OR j.judgement[:21] = 'taken back: different') AS joining,
        min(j.judgement) FILTER (WHERE j.judgement[:17] = 'judged: different' OR j.judgement[:16] = 'taken back: same') AS parting
    FROM judgements AS j
    JOIN new_members AS m ON m.record IN (j.left, j.right)
    GROUP BY m.id
),
edited AS ( -- properties for which editors added or removed a claim
    SELECT id, property, 'added' AS what FROM new_claims ANTI JOIN old_claims USING (claim_id) WHERE source = 'editorial'
    UNION
    SELECT id, property, 'removed' FROM old_claims ANTI JOIN new_claims USING (claim_id) WHERE source = 'editorial'
),
merged AS (
    SELECT DISTINCT o.id AS old_id, n.id AS new_id
    FROM old_members AS o JOIN new_members AS n USING (record)
    WHERE o.id <> n.id
),
old_gone AS (SELECT * FROM old_records ANTI JOIN new_records USING (id)),
new_come AS (SELECT * FROM new_records ANTI JOIN old_records USING (id)),
touched AS ( -- records with values that only one side shows, and records with a retracted claim
    SELECT id FROM (
        (SELECT id, property, value, unit FROM old_values WHERE shown EXCEPT ALL SELECT id, property, value, unit FROM new_values WHERE shown)
        UNION ALL
        (SELECT id, property, value, unit FROM new_values WHERE shown EXCEPT ALL SELECT id, property, value, unit FROM old_values WHERE shown)
    )
    UNION
    SELECT id FROM retracted
),
old_values_grouped AS (
    SELECT id, any_value(type) AS type, property, list(value || coalesce(' ' || unit, '') ORDER BY value, unit) AS values
    FROM old_values SEMI JOIN touched USING (id) WHERE shown GROUP BY id, property
),
new_values_grouped AS (
    SELECT id, any_value(type) AS type, property, list(value || coalesce(' ' || unit, '') ORDER BY value, unit) AS values
    FROM new_values SEMI JOIN touched USING (id) WHERE shown GROUP BY id, property
),
moved AS (
    SELECT id, property, source FROM old_claims ANTI JOIN new_claims USING (claim_id)
    UNION
    SELECT id, property, source FROM new_claims ANTI JOIN old_claims USING (claim_id)
),
sources AS ( -- sources of the claims that were added or removed, by record, and by property of a record
    SELECT id, NULL AS property, list(DISTINCT source ORDER BY source) AS sources FROM moved GROUP BY id
    UNION ALL
    SELECT id, property, list(DISTINCT source ORDER BY source) FROM moved GROUP BY id, property
),
differences AS (
    SELECT 'merged' AS what, m.old_id AS id, o.type, o.label, NULL AS property, m.old_id AS before, m.new_id AS after,
        NULL::VARCHAR[] AS old_values, NULL::VARCHAR[] AS new_values, NULL AS source, m.new_id AS judged_id, NULL AS retraction
    FROM merged AS m JOIN old_gone AS o ON o.id = m.old_id
    UNION ALL
    SELECT 'split', m.new_id, n.type, n.label, NULL, m.old_id, m.new_id, NULL, NULL, NULL, m.new_id, NULL
    FROM merged AS m JOIN new_come AS n ON n.id = m.new_id
    UNION ALL
    SELECT 'removed', o.id, o.type, o.label, NULL, o.label, NULL, NULL, NULL, NULL, o.id, t.retraction
    FROM old_gone AS o LEFT JOIN taken AS t USING (id) WHERE o.id NOT IN (SELECT old_id FROM merged)
    UNION ALL
    SELECT 'added', n.id, n.type, n.label, NULL, NULL, n.label, NULL, NULL, NULL, n.id, NULL
    FROM new_come AS n WHERE n.id NOT IN (SELECT new_id FROM merged)
    UNION ALL
    SELECT 'retracted', r.id, r.type, coalesce(n.label, o.label), r.property, r.value, array_to_string(g.values, '; '),
        h.values, g.values, r.source, r.id, r.retraction
    FROM retracted AS r
    LEFT JOIN new_records AS n USING (id)
    LEFT JOIN old_records AS o USING (id)
    LEFT JOIN old_values_grouped AS h ON h.id = r.id AND h.property = r.property
    LEFT JOIN new_values_grouped AS g ON g.id = r.id AND g.property = r.property
    UNION ALL
    SELECT 'changed', coalesce(o.id, n.id), coalesce(n.type, o.type), r.label, coalesce(o.property, n.property),
        array_to_string(o.values, '; '), array_to_string(n.values, '; '), o.values, n.values, NULL, coalesce(o.id, n.id), NULL
    FROM (SELECT * FROM old_values_grouped SEMI JOIN new_records USING (id)) AS o
    FULL JOIN (SELECT * FROM new_values_grouped SEMI JOIN old_records USING (id)) AS n ON o.id = n.id AND o.property = n.property
    LEFT JOIN new_records AS r ON r.id = coalesce(o.id, n.id)
    WHERE o.values IS DISTINCT FROM n.values
        AND NOT EXISTS (FROM retracted AS t WHERE t.id = coalesce(o.id, n.id) AND t.property = coalesce(o.property, n.property))
),
relabelled AS ( -- a record's label can be a value that is not shown itself, so it can change even if no shown value does
    SELECT 'changed' AS what, n.id, n.type, n.label, 'label' AS property, o.label AS before, n.label AS after,
        [o.label] AS old_values, [n.label] AS new_values, NULL AS source, n.id AS judged_id, NULL AS retraction
    FROM old_records AS o JOIN new_records AS n USING (id)
    WHERE o.label IS DISTINCT FROM n.label AND NOT EXISTS (FROM differences AS f WHERE f.id = n.id)
),
new_shown AS ( -- all shown values of new records
    SELECT id, map_from_entries(list((property, values) ORDER BY property)) AS shown FROM new_values_grouped SEMI JOIN new_come USING (id) GROUP BY id
)
SELECT f.what, f.id, f.type, f.label, f.property, f.before, f.after,
    list_filter(coalesce(f.old_values, []), lambda value : NOT list_contains(coalesce(f.new_values, []), value)) AS gone,
    list_filter(coalesce(f.new_values, []), lambda value : NOT list_contains(coalesce(f.old_values, []), value)) AS come,
    f.source, s.sources,
    CASE f.what WHEN 'merged' THEN coalesce(j.joining, j.judgement) WHEN 'split' THEN coalesce(j.parting, j.judgement) ELSE j.judgement END AS judged,
    EXISTS (FROM edited AS e WHERE e.id = f.id AND e.what = 'added' AND f.what <> 'removed' AND coalesce(nullif(f.property, 'label'), e.property) = e.property) AS edited,
    EXISTS (FROM edited AS e WHERE e.id = f.id AND e.what = 'removed' AND f.what <> 'added' AND coalesce(nullif(f.property, 'label'), e.property) = e.property) AS unedited,
    CASE f.what
        WHEN 'added' THEN f.id IN (SELECT id FROM restored_records)
        WHEN 'changed' THEN EXISTS (FROM restored AS b WHERE b.id = f.id AND (b.property = f.property AND list_contains(coalesce(f.new_values, []), b.value) AND NOT list_contains(coalesce(f.old_values, []), b.value) OR f.property = 'label' AND b.value = f.after))
        ELSE false
    END AS restored,
    f.retraction, CASE WHEN f.what IN ('added', 'split') THEN w.shown END AS shown
FROM (FROM differences UNION ALL FROM relabelled) AS f
LEFT JOIN new_shown AS w ON w.id = f.id
LEFT JOIN sources AS s ON s.id = f.id AND s.property IS NOT DISTINCT FROM f.property
LEFT JOIN judged AS j ON j.id = f.judged_id
ORDER BY f.what, f.id, f.property, f.before, f.after, f.source;

-- name: figures
-- Each figure of either release: value, status, variants and groups in both.
SELECT coalesce(o.name, n.name) AS name, o.value AS before, n.value AS after, coalesce(o.status, ${none}) AS old_status,
    coalesce(n.status, ${none}) AS new_status, o.variants AS old_variants, n.variants AS new_variants,
    o.groups AS old_groups, n.groups AS new_groups
FROM old_figures AS o
FULL JOIN new_figures AS n ON o.name = n.name
ORDER BY name;

-- name: causes
-- Actions of editors between two releases: judgements, retractions and claims, each of which can have been undone, and records
-- that are no longer withheld. Columns: what, about, names, statement, why.
WITH called AS ( -- each source record's own name, because merged records share one published name
    SELECT record, coalesce(min(value) FILTER (WHERE property = 'name'), min(value) FILTER (WHERE property = 'title')) AS name
    FROM (SELECT record, property, value FROM new_claims UNION ALL SELECT record, property, value FROM old_claims)
    GROUP BY record
),
judged AS (
    SELECT 'judged' AS what, j.verdict, j.left, j.right, j.why, j.sequence
    FROM new_judgements AS j ANTI JOIN old_judgements AS o USING (sequence)
    UNION ALL
    SELECT 'taken back', o.verdict, o.left, o.right, o.why, o.sequence
    FROM old_judgements AS o ANTI JOIN new_judgements AS j ON j.left = o.left AND j.right = o.right
),
claimed AS (
    SELECT claim_id, record, property || ': ' || value || coalesce(' ' || unit, '') AS statement, source, standing FROM new_claims
    UNION ALL
    SELECT claim_id, record, property || ': ' || value || coalesce(' ' || unit, ''), source, standing
    FROM old_claims ANTI JOIN new_claims USING (claim_id)
),
retracted AS (
    SELECT 'retracted' AS what, coalesce(c.record, t.target) AS record, c.statement, t.why, t.sequence
    FROM (FROM new_retractions ANTI JOIN old_retractions USING (sequence)) AS t
    LEFT JOIN claimed AS c ON c.claim_id = t.target
    UNION ALL
    -- The target of an undone retraction must be in the newer release, so that a record withheld since is not named.
    SELECT 'retraction undone', coalesce(c.record, t.target), c.statement, NULL, t.sequence
    FROM (FROM old_retractions ANTI JOIN new_retractions USING (sequence)) AS t
    LEFT JOIN claimed AS c ON c.claim_id = t.target
    WHERE t.target IN (SELECT claim_id FROM new_claims UNION ALL SELECT record FROM new_claims)
),
editorial AS (
    SELECT 'editorial claim' AS what, record, property || ': ' || value || coalesce(' ' || unit, '') AS statement, claim_id
    FROM new_claims ANTI JOIN old_claims USING (claim_id)
    WHERE source = 'editorial' AND standing = 'current'
    UNION ALL
    SELECT 'editorial claim undone', record, property || ': ' || value || coalesce(' ' || unit, ''), claim_id
    FROM old_claims ANTI JOIN new_claims USING (claim_id)
    WHERE source = 'editorial' AND standing = 'current'
),
shown_again AS (
    SELECT DISTINCT c.id, r.label
    FROM old_corrections AS c
    JOIN new_records AS r USING (id)
    WHERE c.kind = 'withheld' AND c.id NOT IN (SELECT id FROM new_withheld)
)
SELECT what, about, names, statement, why FROM (
    SELECT 0 AS place, j.what, [j.left, j.right] AS about,
        [coalesce(l.name, j.left), coalesce(r.name, j.right)] AS names,
        j.verdict AS statement, j.why, j.sequence, '' AS key
    FROM judged AS j
    LEFT JOIN called AS l ON l.record = j.left
    LEFT JOIN called AS r ON r.record = j.right
    UNION ALL
    SELECT 1, t.what, [t.record], [coalesce(c.name, t.record)], t.statement, t.why, t.sequence, ''
    FROM retracted AS t LEFT JOIN called AS c USING (record)
    UNION ALL
    SELECT 2, e.what, [e.record], [coalesce(c.name, e.record)], e.statement, NULL, 0, e.claim_id
    FROM editorial AS e LEFT JOIN called AS c USING (record)
    UNION ALL
    SELECT 3, 'no longer withheld', [id], [coalesce(label, id)], NULL, NULL, 0, id FROM shown_again
)
ORDER BY place, sequence, what, key;

-- name: names
-- The current and former name of each record in `named_ids`. A nameless record gets the names of the records it refers to.
WITH new_parts AS (
    SELECT v.id, string_agg(l.label, ', ' ORDER BY v.property, l.label, l.id) AS name
    FROM (FROM new_values SEMI JOIN named_ids USING (id) WHERE shown) AS v JOIN new_records AS l ON l.id = v.value
    GROUP BY v.id
),
old_parts AS (
    SELECT v.id, string_agg(l.label, ', ' ORDER BY v.property, l.label, l.id) AS name
    FROM (FROM old_values SEMI JOIN named_ids USING (id) WHERE shown) AS v JOIN old_records AS l ON l.id = v.value
    GROUP BY v.id
),
new_names AS (
    SELECT id, coalesce(r.label, p.name) AS name
    FROM (FROM new_records SEMI JOIN named_ids USING (id)) AS r LEFT JOIN new_parts AS p USING (id)
    WHERE coalesce(r.label, p.name) IS NOT NULL
),
old_names AS (
    SELECT id, coalesce(r.label, p.name) AS name
    FROM (FROM old_records SEMI JOIN named_ids USING (id)) AS r LEFT JOIN old_parts AS p USING (id)
    WHERE coalesce(r.label, p.name) IS NOT NULL
)
SELECT id, n.name, o.name AS was
FROM new_names AS n FULL JOIN old_names AS o USING (id)
ORDER BY ALL;

-- name: observations
-- Pairs of differing episodes from two releases: first those that began with the same list (or are on the only, undated list);
-- then, among the remaining episodes of a domain in a series, those that ended with the same list. The rest have no partner.
WITH first_pairs AS (
    SELECT coalesce(o.source, n.source) AS source, coalesce(o.series, n.series) AS series, coalesce(o.domain, n.domain) AS domain,
        CASE WHEN o.domain IS NOT NULL THEN o END AS before, CASE WHEN n.domain IS NOT NULL THEN n END AS after
    FROM old_observations AS o
    FULL JOIN new_observations AS n
        ON n.source = o.source AND n.series = o.series AND n.domain = o.domain AND n.first_listed IS NOT DISTINCT FROM o.first_listed
),
pairs AS (
    SELECT * FROM first_pairs WHERE before IS NOT NULL AND after IS NOT NULL AND before IS DISTINCT FROM after
    UNION ALL
    SELECT coalesce(o.source, n.source), coalesce(o.series, n.series), coalesce(o.domain, n.domain), o.before, n.after
    FROM (SELECT * FROM first_pairs WHERE after IS NULL) AS o
    FULL JOIN (SELECT * FROM first_pairs WHERE before IS NULL) AS n
        ON n.source = o.source AND n.series = o.series AND n.domain = o.domain AND n.after.last_listed = o.before.last_listed
),
platforms AS (
    SELECT domain, any_value(platform) AS platform
    FROM (SELECT * FROM new_platform_domains UNION ALL SELECT * FROM old_platform_domains ANTI JOIN new_platform_domains USING (domain))
    GROUP BY domain
)
SELECT
    CASE
        WHEN before IS NULL THEN 'began'
        WHEN after IS NULL THEN 'went'
        WHEN before.first_listed IS NOT NULL AND before.end_to IS NULL AND after.end_to IS NOT NULL THEN 'ended'
        WHEN before.end_to IS NULL AND after.end_to IS NULL AND after.last_listed > before.last_listed
            AND before."start" IS NOT DISTINCT FROM after."start" THEN 'continued'
        WHEN {
            'rule': before.rule, 'start': before."start", 'end': before."end", 'first': before.first_listed, 'last': before.last_listed,
            'measurements': before.measurements, 'unmeasured': before.unmeasured_days, 'vantage': before.vantage_points
        } IS NOT DISTINCT FROM {
            'rule': after.rule, 'start': after."start", 'end': after."end", 'first': after.first_listed, 'last': after.last_listed,
            'measurements': after.measurements, 'unmeasured': after.unmeasured_days, 'vantage': after.vantage_points
        } THEN 'other file'
        ELSE 'moved'
    END AS what,
    source, series, domain, platform, before, after
FROM pairs
LEFT JOIN platforms USING (domain);

-- name: subjects
-- The subjects of each record in `changed_ids`, in either release: countries, organisations and kinds among its own values and
-- those of its project or agreement, and the organisations with a role in that project. An organisation is its own subject.
-- Columns: id, subject, value.
WITH both_values AS (
    SELECT id, type, property, value FROM old_values WHERE shown
    UNION
    SELECT id, type, property, value FROM new_values WHERE shown
),
parents AS (
    SELECT id, id AS parent FROM changed_ids
    UNION
    SELECT v.id, v.value
    FROM (FROM both_values SEMI JOIN changed_ids USING (id)) AS v SEMI JOIN parent_properties AS p ON p.type = v.type AND p.property = v.property
),
part_roles AS (
    SELECT p.id, r.id AS role FROM parents AS p JOIN both_values AS r ON r.type = 'role' AND r.property = 'project' AND r.value = p.parent
)
SELECT DISTINCT p.id, s.subject, v.value
FROM parents AS p
JOIN both_values AS v ON v.id = p.parent
JOIN subject_properties AS s ON s.type = v.type AND s.property = v.property
UNION
SELECT p.id, 'organization', o.value
FROM part_roles AS p JOIN both_values AS o ON o.id = p.role AND o.type = 'role' AND o.property = 'organization'
UNION
SELECT c.id, 'organization', c.id
FROM changed_ids AS c JOIN (SELECT id FROM old_records WHERE type = 'organization' UNION SELECT id FROM new_records WHERE type = 'organization') USING (id)
ORDER BY ALL;
