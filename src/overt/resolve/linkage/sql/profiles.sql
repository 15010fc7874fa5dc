-- Names that are written alike, and of records that say the same otherwise, are one profile: what is compared is profiles, so that
-- ten thousand records of one name cost no more than one. A profile's number is its place by hash: it hangs on no order of rows.
CREATE TEMP TABLE linkage_named AS
WITH numbered AS (
    SELECT
        row_number() OVER (ORDER BY record)::INTEGER AS number,
        line,
        CASE WHEN len(countries) > 0 THEN ' ' || list_aggregate(list_sort(list_distinct(countries)), 'string_agg', ' ') || ' ' END
            AS countries,
        CASE WHEN len(identifiers) > 0 THEN list_sort(list_distinct(identifiers)) END AS identifiers
    FROM linkage_records
)
SELECT n.number, md5_number(concat_ws(
        chr(31), p.brand, chr(30), p.field, chr(30), p.place, chr(30), p.form, chr(30), p.numbers, chr(30), p.initials, chr(30), p.sound,
        chr(30), n.countries, chr(30), n.identifiers::VARCHAR
    )) AS profile_key,
    p.* EXCLUDE (line), n.countries, n.identifiers
FROM linkage_parts AS p
JOIN numbered AS n USING (line)
WHERE p.brand IS NOT NULL OR n.identifiers IS NOT NULL;

CREATE TEMP TABLE linkage_member AS
SELECT profile_key, number, row_number() OVER (PARTITION BY profile_key ORDER BY number)::INTEGER AS place
FROM (SELECT DISTINCT profile_key, number FROM linkage_named);

CREATE TEMP TABLE linkage_profile AS
WITH size AS (SELECT profile_key, count(*)::INTEGER AS members FROM linkage_member GROUP BY profile_key),
grouped AS (
    SELECT profile_key, any_value(brand) AS brand, any_value(field) AS field, any_value(place) AS place, any_value(form) AS form,
        any_value(numbers) AS numbers, any_value(sound) AS sound, any_value(initials) AS initials,
        any_value(countries) AS countries, any_value(identifiers) AS identifiers
    FROM linkage_named
    GROUP BY profile_key
)
SELECT row_number() OVER (ORDER BY profile_key)::BIGINT AS profile, grouped.*, size.members,
    (sum(size.members) OVER (PARTITION BY brand))::BIGINT AS brand_records
FROM grouped
JOIN size USING (profile_key);

DROP TABLE linkage_named;
