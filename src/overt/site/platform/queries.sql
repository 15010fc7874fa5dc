-- Restrictions on platforms, the platforms that they name, and the countries of filtering systems with a supplier.

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

-- name: filtering_countries
-- The countries of the systems that the figure of documented filtering systems counts, if a supplier is on record.
SELECT DISTINCT c.country
FROM figure_rows AS f
JOIN project_country AS c ON c.id = f.unit_id
JOIN project_company AS p ON p.id = f.unit_id AND p.role IN ('supplier', 'implementer')
WHERE f.name = 'filtering-systems' AND f.counted
ORDER BY c.country
