-- The dates of the projects that an organisation has a part in, as their sources say them, the newest projects first.
WITH held AS (
    SELECT DISTINCT p.id, p.label, p.label_lang, p.label_zh, p.layer, p.year, p.sort_label
    FROM project_company AS k
    JOIN projects AS p ON p.id = k.id
    WHERE k.organization = ?
    ORDER BY p.year IS NULL, p.year DESC, p.sort_label, p.id
    LIMIT ?
)
SELECT h.id, h.label, h.label_lang, h.label_zh, h.layer, f.property, f.value
FROM held AS h
LEFT JOIN facts AS f ON f.id = h.id AND f.shown AND f.rank = 1
    AND f.property IN ('agreed', 'construction-start', 'started', 'operational', 'completed', 'ended')
ORDER BY h.year IS NULL, h.year, h.sort_label, h.id
