-- Each place with the layer that it stands in, by what its precision allows to be drawn of its geometry.
CREATE OR REPLACE VIEW layer_places AS
SELECT *,
    CASE WHEN "precision" IN (${drawn}) THEN
        CASE split_part(geometry, ' ', 1)
            WHEN 'POINT' THEN 'sites' WHEN 'MULTIPOINT' THEN 'sites'
            WHEN 'LINESTRING' THEN 'cables' WHEN 'MULTILINESTRING' THEN 'cables'
            WHEN 'POLYGON' THEN 'areas' WHEN 'MULTIPOLYGON' THEN 'areas'
            ELSE 'unlocated'
        END
    ELSE 'unlocated' END AS layer
FROM places
