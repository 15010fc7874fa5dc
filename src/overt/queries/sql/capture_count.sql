SELECT count(*) AS held FROM captures WHERE source = ?
