SELECT source, series, day::VARCHAR, names, capture, member FROM observed_lists ORDER BY source, series, day
