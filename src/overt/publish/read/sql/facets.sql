-- How many of the projects found have each value of each facet that is asked for. The projects are looked up once for all of them;
-- a test that is `false` costs nothing.
WITH hit AS MATERIALIZED (SELECT p.id, p.status, p.sources FROM projects AS p WHERE ${where})
SELECT 'kind' AS facet, k.kind AS value, count(*) AS projects FROM hit JOIN project_kind AS k USING (id) WHERE ${kind} GROUP BY k.kind
UNION ALL
SELECT 'layer', l.layer, count(*) FROM hit JOIN project_layer AS l USING (id) WHERE ${layer} GROUP BY l.layer
UNION ALL
SELECT 'company', c.organization, count(DISTINCT c.id) FROM hit JOIN project_company AS c USING (id) WHERE ${company} GROUP BY c.organization
UNION ALL
SELECT c.role, c.organization, count(DISTINCT c.id)
FROM hit
JOIN project_company AS c USING (id)
WHERE (${supplier} AND c.role = 'supplier') OR (${financier} AND c.role = 'financier')
GROUP BY c.role, c.organization
UNION ALL
SELECT 'country', c.country, count(*) FROM hit JOIN project_country AS c USING (id) WHERE ${country} GROUP BY c.country
UNION ALL
SELECT 'status', coalesce(status, 'unknown'), count(*) FROM hit WHERE ${status} GROUP BY 2
UNION ALL
SELECT 'source', s.source, count(*) FROM hit JOIN project_source AS s USING (id) WHERE ${source} GROUP BY s.source
UNION ALL
SELECT 'sources', CAST(min(sources, 3) AS TEXT), count(*) FROM hit WHERE ${sources} GROUP BY 2
UNION ALL
SELECT 'precision', c."precision", count(*) FROM hit JOIN project_precision AS c USING (id) WHERE ${precision} GROUP BY c."precision"
