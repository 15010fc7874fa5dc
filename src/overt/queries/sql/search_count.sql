SELECT count(*) AS held FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)
