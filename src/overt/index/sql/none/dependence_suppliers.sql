SELECT '' AS country, '' AS sector, 0 AS year, false AS placed_only, '' AS supplier, 0 AS amount, 0 AS units, 0 AS share, [''] AS rows WHERE false
