-- Every key by which a pair of profiles may be found. A key is a hash: it is only ever compared with its like. What few letters
-- say needs the same field of work beside it, else a million names make blocks of strangers.
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
    CASE WHEN length(initials) >= 3 THEN hash(initials) END AS key_initials,
    CASE WHEN length(brand) BETWEEN 3 AND 6 AND NOT contains(brand, ' ') THEN hash(brand) END AS key_word
FROM linkage_profile;
