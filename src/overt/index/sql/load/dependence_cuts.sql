SELECT country, year, placed_only, to_json(cables)::VARCHAR, cut, to_json(cut_cables)::VARCHAR, undated
FROM dependence_cuts
ORDER BY country, placed_only, year
