SELECT f.unit_id, f.amount, f.counted, f.variants, f.groups, coalesce(r.label, a.label) AS label, r.type AS type, a.code AS country,
    r.label_lang, r.label_zh, m.project, p.label AS project_label, p.label_lang AS project_lang, p.label_zh AS project_zh,
    u.companies, u.company_count, d.platform
FROM figure_rows AS f
LEFT JOIN records AS r ON r.id = f.unit_id
LEFT JOIN areas AS a ON a.code = f.unit_id
LEFT JOIN (SELECT DISTINCT platform FROM platform_domains) AS d ON d.platform = f.unit_id
LEFT JOIN commitments AS m ON m.id = f.unit_id
LEFT JOIN projects AS p ON p.id = m.project
LEFT JOIN projects AS u ON u.id = coalesce(m.project, f.unit_id)
WHERE f.name = :name AND (:counted IS NULL OR f.counted = :counted)
ORDER BY f.counted DESC, f.position
LIMIT :size OFFSET :offset
