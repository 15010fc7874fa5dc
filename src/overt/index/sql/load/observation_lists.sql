SELECT n, source, series, vantage_points, rule, capture FROM observation_list ORDER BY n
