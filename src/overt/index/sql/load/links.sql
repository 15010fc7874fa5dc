-- What speaks of a record or a country: the way back along every value that names one. Projects and places have ways of their own.
SELECT DISTINCT v.value, v.type, v.property, v.id
FROM "values" AS v
JOIN (FROM record_properties UNION ALL FROM area_properties WHERE type NOT IN ('project', 'place')) AS p
    ON p.type = v.type AND p.property = v.property
WHERE v.shown
ORDER BY ALL
