-- The last value of each series of a country.
SELECT series, id
FROM (
    SELECT t.id AS series, t.position, (
            SELECT i.id
            FROM indicators AS i
            WHERE i.series = t.id AND i.country = :country AND coalesce(i.value, i.code) IS NOT NULL
            ORDER BY i.year DESC, i.id DESC
            LIMIT 1
        ) AS id
    FROM terms AS t
    WHERE t.vocabulary = 'series'
)
WHERE id IS NOT NULL
ORDER BY position
