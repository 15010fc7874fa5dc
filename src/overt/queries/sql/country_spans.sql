-- The dates of every project of a country that its sources say, as EDTF.
SELECT p.id, p.label, p.label_lang, p.label_zh, p.layer, f.property, f.value
FROM project_country AS c
JOIN projects AS p ON p.id = c.id
LEFT JOIN facts AS f ON f.id = p.id AND f.shown AND f.rank = 1
    AND f.property IN ('agreed', 'construction-start', 'started', 'operational', 'completed', 'ended')
WHERE c.country = ?
ORDER BY p.year IS NULL, p.year, p.sort_label, p.id
