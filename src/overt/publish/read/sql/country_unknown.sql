SELECT count(*) AS projects, sum(NOT c.located) AS unlocated, sum(p.year IS NULL) AS undated, sum(p.sources = 1) AS single,
    sum(coalesce(p.status, 'unknown') = 'unknown') AS status_unknown,
    sum(NOT EXISTS (SELECT 1 FROM project_company AS k WHERE k.id = p.id AND k.role IN ('supplier', 'implementer', 'owner', 'operator', 'partner'))) AS unnamed
FROM project_country AS c
JOIN projects AS p ON p.id = c.id
WHERE c.country = ?
