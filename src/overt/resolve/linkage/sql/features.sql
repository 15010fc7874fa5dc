-- What is compared, a row for each id: a profile; a second time, to be compared with itself, where several records are written
-- alike; once more for each further identifier, which makes a pair of its own.
CREATE TEMP TABLE linkage_feature AS
WITH profile AS (
    SELECT profile, brand, letters, signs, script, chinese, coalesce(bearers, 0) AS bearers, field, place, form, numbers, sound,
        initials, countries, identifiers,
        list_sort(list_distinct(list_transform(identifiers, lambda held: split_part(held, ':', 1)))) AS schemes
    FROM linkage_profile
    LEFT JOIN linkage_bearers USING (brand)
),
key AS (SELECT profile, key_twin, ${keys} FROM linkage_key ${cuts}),
further AS (
    SELECT profile, unnest(identifiers[2:]) AS identifier, generate_subscripts(identifiers[2:], 1) AS turn
    FROM linkage_profile
    WHERE len(identifiers) > 1
),
bare AS (SELECT NULL::BIGINT AS key_twin, ${none})
SELECT profile AS id, key.* EXCLUDE (profile), profile.* EXCLUDE (profile) FROM profile JOIN key USING (profile)
UNION ALL
SELECT -profile AS id, bare.* REPLACE (profile AS key_twin), profile.* EXCLUDE (profile)
FROM profile JOIN key USING (profile), bare
WHERE key.key_twin IS NOT NULL
UNION ALL
SELECT profile + (further.turn::BIGINT << 32) AS id, bare.* REPLACE ((hash(further.identifier) >> 1)::BIGINT AS key_identifier),
    profile.* EXCLUDE (profile)
FROM profile JOIN further USING (profile), bare;
