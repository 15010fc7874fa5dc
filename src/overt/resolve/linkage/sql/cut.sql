-- Blocks of one key that are larger than allowed, cut in the order of what is compared, so that the likeliest pairs stay together.
CREATE OR REPLACE TEMP TABLE linkage_cut_${key} AS
WITH large AS (SELECT ${key} FROM linkage_key WHERE ${key} IS NOT NULL GROUP BY ${key} HAVING count(*) > ${largest})
SELECT profile, hash(${key}, (row_number() OVER (
        PARTITION BY ${key} ORDER BY brand, field, place, countries, profile
    ) - 1) // ${largest}) AS cut
FROM linkage_key
SEMI JOIN large USING (${key});
