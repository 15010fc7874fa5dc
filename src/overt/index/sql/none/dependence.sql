SELECT '' AS country, '' AS sector, 0 AS year, false AS placed_only, 0 AS amount, 0 AS suppliers, 0 AS unknown_share, 0 AS concentration,
    0 AS concentration_low, 0 AS concentration_high, '' AS top, 0 AS top_share
WHERE false
