SELECT * FROM figure_sensitivity WHERE :name IN ('', name) ORDER BY name, position
