-- Names that are written alike, and of records that say the same otherwise, are one profile: what is compared is profiles, so that
-- ten thousand records of one name cost no more than one. A profile's number is its place by hash: it hangs on no order of rows.
CREATE TEMP TABLE linkage_number AS
SELECT row_number() OVER (ORDER BY record)::INTEGER AS number, record FROM linkage_records;

CREATE TEMP TABLE linkage_named AS
WITH numbered AS (
    SELECT number, line,
        CASE WHEN len(countries) > 0 THEN ' ' || list_aggregate(list_sort(list_distinct(countries)), 'string_agg', ' ') || ' ' END
            AS countries,
        CASE WHEN len(identifiers) > 0 THEN list_sort(list_distinct(identifiers)) END AS identifiers
    FROM linkage_records
    JOIN linkage_number USING (record)
)
SELECT n.number, md5_number(concat_ws(
        chr(31), p.brand, chr(30), p.letters, chr(30), p.signs, chr(30), p.script, chr(30), p.field, chr(30), p.place, chr(30), p.form, chr(30), p.numbers, chr(30), p.initials, chr(30), p.sound,
        chr(30), n.countries, chr(30), n.identifiers::VARCHAR
    )) AS profile_key,
    p.* EXCLUDE (line), n.countries, n.identifiers
FROM numbered AS n
LEFT JOIN linkage_parts AS p USING (line)
WHERE p.brand IS NOT NULL OR n.identifiers IS NOT NULL;

CREATE TEMP TABLE linkage_profile AS
WITH held AS (SELECT DISTINCT profile_key, number FROM linkage_named),
size AS (SELECT profile_key, count(*)::INTEGER AS members, min(number) AS first FROM held GROUP BY profile_key),
grouped AS (
    SELECT profile_key, any_value(brand) AS brand, any_value(letters) AS letters, any_value(signs) AS signs,
        any_value(script) AS script, any_value(field) AS field, any_value(place) AS place, any_value(form) AS form,
        any_value(numbers) AS numbers, any_value(sound) AS sound, any_value(initials) AS initials,
        any_value(countries) AS countries, any_value(identifiers) AS identifiers
    FROM linkage_named
    GROUP BY profile_key
)
SELECT row_number() OVER (ORDER BY profile_key)::BIGINT AS profile, grouped.*, size.members, size.first,
    coalesce(script = 'han' OR regexp_full_match(letters, '${chinese}'), FALSE) AS chinese
FROM grouped
JOIN size USING (profile_key);

-- With how many words for fields of work a brand is met: about how many have it. Counting records instead would take one that
-- many sources name for many.
CREATE TEMP TABLE linkage_bearers AS
SELECT brand, count(DISTINCT word)::INTEGER AS bearers
FROM (SELECT brand, unnest(string_split(field, ' ')) AS word FROM linkage_profile WHERE brand IS NOT NULL AND field IS NOT NULL)
GROUP BY brand;

-- The records of the profiles that several have, each with the one that comes after it.
CREATE TEMP TABLE linkage_member AS
SELECT profile, number, lead(number) OVER (PARTITION BY profile ORDER BY number) AS next
FROM (
    SELECT DISTINCT profile, number
    FROM linkage_named
    JOIN (SELECT profile, profile_key FROM linkage_profile WHERE members > 1) USING (profile_key)
);

DROP TABLE linkage_named;
