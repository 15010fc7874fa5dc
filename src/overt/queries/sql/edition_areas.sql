SELECT DISTINCT value FROM claims WHERE property IN (SELECT value FROM json_each(?))
