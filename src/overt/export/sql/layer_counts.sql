-- How many features each layer has, how many of them are drawn, and whether any of its places is several points.
SELECT layer, count(*) AS features, CASE WHEN layer = 'unlocated' THEN 0 ELSE count(*) END AS drawn,
    bool_or(layer = 'sites' AND geometry LIKE 'MULTIPOINT%') AS several
FROM layer_places GROUP BY layer
UNION ALL
SELECT 'projects', count(*), count(*) FILTER (id IN (SELECT unnest(project) FROM layer_places WHERE layer IN ('sites', 'areas'))), true
FROM projects
