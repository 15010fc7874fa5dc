SELECT DISTINCT item AS source FROM figure_sensitivity WHERE kind = 'source' AND note = ? ORDER BY 1
