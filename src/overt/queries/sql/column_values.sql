SELECT 'kind' AS facet, kind AS value, id FROM project_kind
UNION ALL SELECT 'said', kind, id FROM project_kind WHERE said
UNION ALL SELECT 'layer', layer, id FROM project_layer
UNION ALL SELECT DISTINCT 'company', organization, id FROM project_company
UNION ALL SELECT DISTINCT role, organization, id FROM project_company WHERE role IN ('supplier', 'financier')
UNION ALL SELECT 'source', source, id FROM project_source
UNION ALL SELECT 'precision', "precision", id FROM project_precision
