-- By what the sources chose the projects of each country, sector and year, where every one of them chose (`limited_to`). What an editor adds to
-- a project does not widen the choice.
CREATE OR REPLACE TEMP TABLE dependence_limits AS
WITH told AS (
    SELECT DISTINCT c.id AS project, l.source, l.limited_to, l.limited_to_zh
    FROM claims_out AS c
    JOIN source_limits AS l USING (source)
    WHERE c.standing = 'current' AND c.id IN (SELECT project FROM dependence_parts)
),
held AS (
    SELECT DISTINCT s.country, s.sector, s.year, s.placed_only, t.limited_to, t.limited_to_zh
    FROM (SELECT DISTINCT country, sector, project, year, placed_only FROM dependence_scope) AS s
    JOIN told AS t USING (project)
)
SELECT country, sector, year, placed_only, string_agg(limited_to, ' ' ORDER BY limited_to) AS limited_to,
    if(bool_and(limited_to_zh IS NOT NULL), string_agg(limited_to_zh, '' ORDER BY limited_to), NULL) AS limited_to_zh
FROM held
GROUP BY ALL
HAVING bool_and(limited_to IS NOT NULL)
