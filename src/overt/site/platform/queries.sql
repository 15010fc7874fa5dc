-- Restrictions on platforms, and what is used in their place.

-- name: restrictions
-- Restrictions that name a platform, and those that name it as what is used in the place of another.
SELECT DISTINCT r.id, f.property
FROM records AS r
JOIN facts AS f ON f.id = r.id
WHERE r.type = 'restriction' AND (
    f.property = 'platform' AND f.value = :platform
    OR f.property = 'replacement' AND f.value IN (SELECT value FROM json_each(:names))
)

-- name: named
-- The platforms, and the names of replacements, that any restriction has.
SELECT DISTINCT f.property, f.value
FROM records AS r
JOIN facts AS f ON f.id = r.id
WHERE r.type = 'restriction' AND f.property IN ('platform', 'replacement')
