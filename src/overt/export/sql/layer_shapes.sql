-- What is drawn in a layer of places; of the layer of projects, the sites of each.
SELECT geometry FROM layer_places WHERE layer = '${layer}'
UNION ALL
SELECT s.geometry
FROM (SELECT geometry, unnest(project) AS project FROM layer_places WHERE '${layer}' = 'projects' AND layer IN ('sites', 'areas')) AS s
SEMI JOIN projects AS p ON p.id = s.project
