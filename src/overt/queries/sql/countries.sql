SELECT c.code, a.label, a.label_zh, a.kind, a.part_of, c.projects, c.located, c.assessments, c.indicators, c.agreements, c.restrictions
FROM countries AS c
JOIN areas AS a USING (code)
ORDER BY a.label
