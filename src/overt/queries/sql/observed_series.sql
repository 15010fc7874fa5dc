SELECT * FROM observed_series ORDER BY source, series
