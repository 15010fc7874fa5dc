SELECT '' AS country, false AS standing_only, '' AS state, [''] AS cables, [''] AS sharing_supplier, [''] AS sharing_owner, '' AS supplier,
    [''] AS supplier_cables, '' AS owner, [''] AS owner_cables, [''] AS supplier_unknown, [''] AS owner_unknown, 0 AS cut, [''] AS cut_cables
WHERE false
