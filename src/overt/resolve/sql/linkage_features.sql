-- name: profiles
-- Records with the same name parts, countries, identifiers and home pages form a profile. Profiles are compared instead of
-- records, so that ten thousand records with one name cost no more than one. Profiles are numbered in the order of their hashes,
-- so that the numbers don't depend on the order of rows.
CREATE TEMP TABLE linkage_number AS
SELECT row_number() OVER (ORDER BY record)::INTEGER AS number, record FROM linkage_records;

CREATE TEMP TABLE linkage_named AS
WITH numbered AS (
    SELECT number, line,
        CASE WHEN len(countries) > 0 THEN ' ' || list_aggregate(list_sort(list_distinct(countries)), 'string_agg', ' ') || ' ' END
            AS countries,
        CASE WHEN len(identifiers) > 0 THEN list_sort(list_distinct(identifiers)) END AS identifiers,
        CASE WHEN len(sites) > 0 THEN list_sort(list_distinct(sites)) END AS sites
    FROM linkage_records
    JOIN linkage_number USING (record)
)
SELECT n.number, md5_number(concat_ws(
        chr(31), p.brand, chr(30), p.letters, chr(30), p.characters, chr(30), p.script, chr(30), p.field, chr(30), p.place, chr(30), p.form, chr(30), p.numbers, chr(30), p.initials, chr(30), p.sound,
        chr(30), n.countries, chr(30), n.identifiers::VARCHAR, chr(30) || n.sites::VARCHAR
    )) AS profile_key,
    p.* EXCLUDE (line), n.countries, n.identifiers, n.sites
FROM numbered AS n
LEFT JOIN linkage_parts AS p USING (line)
WHERE p.brand IS NOT NULL OR n.identifiers IS NOT NULL;

CREATE TEMP TABLE linkage_profile AS
WITH numbers AS (SELECT DISTINCT profile_key, number FROM linkage_named),
size AS (SELECT profile_key, count(*)::INTEGER AS members, min(number) AS first FROM numbers GROUP BY profile_key),
grouped AS (
    SELECT profile_key, any_value(brand) AS brand, any_value(letters) AS letters, any_value(characters) AS characters,
        any_value(script) AS script, any_value(field) AS field, any_value(place) AS place, any_value(form) AS form,
        any_value(numbers) AS numbers, any_value(sound) AS sound, any_value(initials) AS initials,
        any_value(countries) AS countries, any_value(identifiers) AS identifiers, any_value(sites) AS sites
    FROM linkage_named
    GROUP BY profile_key
)
SELECT row_number() OVER (ORDER BY profile_key)::BIGINT AS profile, grouped.*, size.members, size.first,
    coalesce(script = 'han' OR regexp_full_match(letters, '${chinese}'), FALSE) AS chinese
FROM grouped
JOIN size USING (profile_key);

-- The number of different words for fields of work that occur with a brand. It estimates how many organisations share the brand.
-- Counting records would count an organisation once per source that mentions it.
CREATE TEMP TABLE linkage_bearers AS
SELECT brand, count(DISTINCT word)::INTEGER AS bearers
FROM (SELECT brand, unnest(string_split(field, ' ')) AS word FROM linkage_profile WHERE brand IS NOT NULL AND field IS NOT NULL)
GROUP BY brand;

-- The records of profiles with several records, each with the next record.
CREATE TEMP TABLE linkage_member AS
SELECT profile, number, lead(number) OVER (PARTITION BY profile ORDER BY number) AS next
FROM (
    SELECT DISTINCT profile, number
    FROM linkage_named
    JOIN (SELECT profile, profile_key FROM linkage_profile WHERE members > 1) USING (profile_key)
);

DROP TABLE linkage_named;

-- name: keys
-- The blocking keys of each profile, most of them as hashes. Keys for short sounds and for a few letters of a brand include the
-- field of work. Without it, a million names would form blocks of unrelated names. `features` adds keys for further identifiers.
CREATE TEMP TABLE linkage_key AS
SELECT profile, brand, field, place, countries,
    CASE WHEN members > 1 THEN profile END AS key_twin,
    CASE WHEN brand IS NOT NULL THEN hash(brand) END AS key_brand,
    CASE WHEN length(sound) >= 9 THEN hash(sound) WHEN length(sound) >= 3 THEN hash(sound, field) END AS key_sound,
    CASE WHEN length(letters) >= 8 THEN hash(letters[:6], field) END AS key_start,
    CASE WHEN length(letters) >= 8 THEN hash(letters[-6:], field) END AS key_end,
    CASE WHEN length(letters) >= 14 THEN hash(letters[:9]) END AS key_long_start,
    CASE WHEN length(letters) >= 14 THEN hash(letters[-9:]) END AS key_long_end,
    CASE WHEN length(letters) BETWEEN 4 AND 8 THEN hash(letters[:3], field) END AS key_short_start,
    CASE WHEN length(letters) BETWEEN 4 AND 8 THEN hash(letters[-3:], field) END AS key_short_end,
    CASE WHEN len(identifiers) > 0 THEN hash(identifiers[1]) END AS key_identifier,
    CASE WHEN len(sites) > 0 THEN hash(sites[1]) END AS key_site,
    CASE WHEN length(initials) >= 3 THEN hash(initials) END AS key_initials,
    CASE WHEN length(brand) BETWEEN 3 AND 6 AND NOT contains(brand, ' ') THEN hash(brand) END AS key_word
FROM linkage_profile;

-- name: cut_blocks
-- Cut oversized blocks of one key, sorted by the compared columns so that likely pairs stay in one block.
CREATE OR REPLACE TEMP TABLE linkage_cut_${key} AS
WITH large AS (SELECT ${key} FROM linkage_key WHERE ${key} IS NOT NULL GROUP BY ${key} HAVING count(*) > ${largest})
SELECT profile, hash(${key}, (row_number() OVER (
        PARTITION BY ${key} ORDER BY brand, field, place, countries, profile
    ) - 1) // ${largest}) AS cut
FROM linkage_key
SEMI JOIN large USING (${key});

-- name: features
-- One row per profile. A profile of several records has a second row, which is compared with the first. A profile with several
-- identifiers has a row for each further identifier, to be paired with other rows by this identifier alone.
CREATE TEMP TABLE linkage_feature AS
WITH profile AS (
    SELECT profile, brand, letters, characters, script, chinese, coalesce(bearers, 0) AS bearers, field, place, form, numbers, sound,
        initials, countries, identifiers, sites,
        list_sort(list_distinct(list_transform(identifiers, lambda identifier: split_part(identifier, ':', 1)))) AS schemes
    FROM linkage_profile
    LEFT JOIN linkage_bearers USING (brand)
),
key AS (SELECT profile, key_twin, ${keys} FROM linkage_key ${cuts}),
further AS (
    SELECT profile, unnest(identifiers[2:]) AS identifier, generate_subscripts(identifiers[2:], 1) AS turn
    FROM linkage_profile
    WHERE len(identifiers) > 1
),
bare AS (SELECT NULL::BIGINT AS key_twin, ${empty})
SELECT profile AS id, key.* EXCLUDE (profile), profile.* EXCLUDE (profile) FROM profile JOIN key USING (profile)
UNION ALL
SELECT -profile AS id, bare.* REPLACE (profile AS key_twin), profile.* EXCLUDE (profile)
FROM profile JOIN key USING (profile), bare
WHERE key.key_twin IS NOT NULL
UNION ALL
SELECT profile + (further.turn::BIGINT << 32) AS id, bare.* REPLACE ((hash(further.identifier) >> 1)::BIGINT AS key_identifier),
    profile.* EXCLUDE (profile)
FROM profile JOIN further USING (profile), bare;
