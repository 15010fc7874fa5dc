SELECT b.organization AS record, n.en AS label, n.zh AS label_zh, count(DISTINCT b.project) AS value, count(DISTINCT b.country) AS countries
FROM base AS b
JOIN organization_names AS n ON n.id = b.organization
GROUP BY b.organization, n.en, n.zh
ORDER BY value DESC, b.organization
LIMIT 8
