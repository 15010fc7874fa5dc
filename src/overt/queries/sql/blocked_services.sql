-- Services that restrictions name, with country and dates.

-- name: all
-- One row per restriction, country and service. `known`: whether the service is a term for a platform. `kind` is the first kind
-- of the restriction, and `is_cut` whether a source states one of the kinds in the parameter, a JSON list. `ended` is null for an
-- open end such as `2024-10-09/..`, which only says that the last blocklist still has the entry.
SELECT s.property = 'platform' AS known, s.value AS service, c.target AS country, k.value AS kind,
    EXISTS (
        SELECT 1 FROM facts AS w
        WHERE w.id = s.id AND w.property = 'kind' AND w.shown AND w.basis <> 'computed' AND w.value IN (SELECT value FROM json_each(?))
    ) AS is_cut,
    b.value AS begun, e.value AS ended,
    (SELECT json_group_array(r.value) FROM facts AS r WHERE r.id = s.id AND r.property = 'replacement' AND r.shown) AS replaced_by, s.id
FROM facts AS s
JOIN links AS c ON c.id = s.id AND c.type = 'restriction' AND c.property = 'country'
LEFT JOIN facts AS k ON k.id = s.id AND k.property = 'kind' AND k.rank = 1
LEFT JOIN facts AS b ON b.id = s.id AND b.property = 'start' AND b.rank = 1
LEFT JOIN facts AS e ON e.id = s.id AND e.property = 'end' AND e.rank = 1 AND e.value NOT LIKE '%/..'
WHERE s.property IN ('platform', 'service') AND s.shown
ORDER BY c.target, b.value IS NULL, b.value, s.value

-- name: countries
SELECT c.code, c.restrictions FROM countries AS c WHERE c.restrictions > 0 ORDER BY c.restrictions DESC, c.code
