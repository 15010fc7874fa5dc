-- Restrictions on platforms, and the platforms that they name.

-- name: restrictions
-- Restrictions that name a platform, either as restricted or as a replacement.
SELECT DISTINCT r.id, f.property
FROM records AS r
JOIN facts AS f ON f.id = r.id
WHERE r.type = 'restriction' AND (
    f.property = 'platform' AND f.value = :platform
    OR f.property = 'replacement' AND f.value IN (SELECT value FROM json_each(:names))
)

-- name: named
-- The platforms that restrictions name, and the names of their replacements.
SELECT DISTINCT f.property, f.value
FROM records AS r
JOIN facts AS f ON f.id = r.id
WHERE r.type = 'restriction' AND f.property IN ('platform', 'replacement')
