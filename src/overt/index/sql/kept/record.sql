SELECT r.id, r.type, r.label,
    (
        SELECT nullif(min_by(v.value, (CASE v.property WHEN 'alias' THEN 1 ELSE 0 END, v.rank, v.value)), r.label)
        FROM "values" AS v WHERE v.id = r.id AND v.property IN ('name', 'title', 'alias') AND v.lang LIKE 'zh%'
    ) AS label_zh,
    r.sources, ${independent} AS independent_sources, r.reuse
FROM records AS r WHERE r.id = $$id
