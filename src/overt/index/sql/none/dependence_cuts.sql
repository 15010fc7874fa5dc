SELECT NULL::VARCHAR AS country, NULL::INTEGER AS year, false AS placed_only, NULL::VARCHAR[] AS cables, NULL::INTEGER AS cut, NULL::VARCHAR[] AS cut_cables,
    NULL::INTEGER AS undated
WHERE false
